import type { ContainerSpec } from '../../model/container-spec.ts';
import type { SubordinateRange } from '../../model/host.ts';
import { securityOption } from '../../controls/daemon/security-options.ts';
import { type Finding, type Situation, someOf, start, textOf, use } from './situation.ts';

const keys = ['userns-remap'];

/** Remapped users: another data root, so that everything made so far is out of sight, and containers that break. */
export function remapping(situation: Situation): Finding[] {
  const wanted = textOf(situation, 'userns-remap');
  const isOn = situation.info ? securityOption(situation.info, 'userns') !== undefined : undefined;
  if (wanted === undefined) return isOn === true && situation.isChanged('userns-remap') ? hides(situation) : [];
  const findings =
    isOn !== true && situation.isChanged('userns-remap') ? [...hides(situation), ...breaks(situation)] : [];
  return [...findings, ...missingUser(situation, wanted), ...missingRanges(situation, wanted)];
}

function hides(situation: Situation): Finding[] {
  const { engine } = situation;
  const counts: readonly (readonly [number | undefined, string, string])[] = [
    [situation.info?.containers ?? situation.containers.length, 'containers', '容器'],
    [engine.images.known ? engine.images.value.length : undefined, 'images', '镜像'],
    [engine.volumes.known ? engine.volumes.value.length : undefined, 'volumes', '卷'],
  ];
  const there = counts.filter(([count]) => count !== 0);
  if (there.length === 0) return [];
  return [
    use(
      keys,
      {
        en: `userns-remap gives the engine another data root, and what is there now is no longer seen: ${there.map(([count, name]) => `${name} (${count ?? 'not read'})`).join(', ')}`,
        zh: `userns-remap 会让引擎改用另一个数据目录，现有内容将不可见：${there.map(([count, , name]) => `${name}（${count ?? '未读取'}）`).join('、')}`,
      },
      {
        en: 'Do it on an engine that is empty, or by hand: save images and volumes, set it, restart, load them and create the containers anew. To take the setting back brings everything back into view.',
        zh: '请在空的引擎上设置，或手动进行：先备份镜像和卷，设置后重启，再导入并重建容器。撤销该设置后，原有内容会重新可见。',
      },
      ['docker ps --all', 'docker images --all', 'docker volume ls'],
    ),
  ];
}

/** With remapped users these start only with a user namespace of the host. */
function breaks(situation: Situation): Finding[] {
  const broken = situation.containers.filter((container) => needsHostUsers(container)).map(({ name }) => name);
  if (broken.length === 0) return [];
  const names = someOf(broken);
  return [
    use(
      keys,
      {
        en: `with userns-remap ${names.en} cannot be created any more: privileged containers and those with a namespace of the host are refused`,
        zh: `启用 userns-remap 后，${names.zh} 将无法再创建：特权容器及使用主机命名空间的容器会被拒绝`,
      },
      {
        en: 'Give these containers --userns=host (userns_mode: host in Compose), or take the privileges from them first.',
        zh: '请先为这些容器加上 --userns=host（Compose 中为 userns_mode: host），或先收回其特权。',
      },
    ),
  ];
}

function needsHostUsers({ privileged, namespaces }: ContainerSpec): boolean {
  if (namespaces.user === 'host') return false;
  return privileged || namespaces.network === 'host' || namespaces.pid === 'host';
}

/** dockerd makes the account of `default` by itself, and of nobody else. */
function missingUser({ machine }: Situation, wanted: string): Finding[] {
  const { accounts } = machine.host;
  const [user = '', group] = wanted.split(':');
  if (wanted === 'default' || !accounts.known) return [];
  const { users, groups } = accounts.value;
  const account = users.find(({ name, uid }) => name === user || String(uid) === user);
  const groupName = group ?? account?.name ?? user;
  const missing = [
    ...(account ? [] : [`user ${user}`]),
    ...(groups.some(({ name, gid }) => name === groupName || String(gid) === groupName) ? [] : [`group ${groupName}`]),
  ];
  if (missing.length === 0) return [];
  return [
    start(
      keys,
      {
        en: `userns-remap: this host has no ${missing.join(' and no ')}, and dockerd does not start`,
        zh: `userns-remap：本机没有 ${missing.join('、')}，dockerd 将无法启动`,
      },
      {
        en: 'Write "default": dockerd then makes the user dockremap by itself. Or name an account that is there.',
        zh: '请写 "default"，dockerd 会自行创建用户 dockremap；或改用已有账户。',
      },
    ),
  ];
}

/** Of `default` the ranges are given out when the account is made; an account without any is there already. */
function missingRanges({ machine }: Situation, wanted: string): Finding[] {
  const { subordinateIds, accounts } = machine.host;
  if (!subordinateIds.known || !accounts.known) return [];
  const [name = '', groupName] = wanted === 'default' ? ['dockremap'] : wanted.split(':');
  const { users, groups } = accounts.value;
  const user = users.find((each) => each.name === name || String(each.uid) === name);
  if (!user) return [];
  const group = groups.find((each) => [each.name, String(each.gid)].includes(groupName ?? user.name));
  const files = [
    ...(hasRange(subordinateIds.value.users, user.name, user.uid) ? [] : ['/etc/subuid']),
    ...(!group || hasRange(subordinateIds.value.groups, group.name, group.gid) ? [] : ['/etc/subgid']),
  ];
  if (files.length === 0) return [];
  return [
    start(
      keys,
      {
        en: `userns-remap: ${files.join(' and ')} has no range of ids for ${user.name}, and dockerd does not start`,
        zh: `userns-remap：${files.join('、')} 中没有 ${user.name} 的 ID 范围，dockerd 将无法启动`,
      },
      {
        en: `Give ${user.name} a range of 65536 ids that nobody else has.`,
        zh: `请为 ${user.name} 分配 65536 个无人占用的 ID。`,
      },
      [`usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user.name}`],
    ),
  ];
}

function hasRange(ranges: readonly SubordinateRange[], name: string, id: number): boolean {
  return ranges.some(({ owner, count }) => (owner === name || owner === String(id)) && count > 0);
}
