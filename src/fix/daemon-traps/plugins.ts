import { type Finding, type Situation, someOf, start, textOf, textsOf, use } from './situation.ts';

const advertised = ['/etc/docker/plugins', '/usr/lib/docker/plugins'];

/** Plugins that would have to allow every call: without one of them dockerd starts no more, or refuses all. */
export function authorizationPlugins(situation: Situation): Finding[] {
  const wanted = textsOf(situation.setting('authorization-plugins'));
  const missing = wanted.filter((name) => !isThere(situation, name));
  if (missing.length === 0) return [];
  const names = someOf(missing);
  return [
    start(
      ['authorization-plugins'],
      {
        en: `the authorization plugin ${names.en} is not there: dockerd refuses every call, and does not start again`,
        zh: `授权插件 ${names.zh} 不存在：dockerd 会拒绝所有调用，并且无法再次启动`,
      },
      {
        en: 'Install and enable the plugin first, see that it answers, and only then name it here.',
        zh: '请先安装并启用插件，确认其有响应，再在此处写明。',
      },
      ['docker plugin ls', 'ls /run/docker/plugins /etc/docker/plugins /usr/lib/docker/plugins'],
    ),
  ];
}

/** One that the engine uses, one that it manages, or one that says where it listens. */
function isThere(situation: Situation, name: string): boolean {
  const { info, engine } = situation;
  if (info?.authorizationPlugins.includes(name) === true) return true;
  const plain = name.replace(/:latest$/, '');
  const isManaged =
    engine.plugins.known &&
    engine.plugins.value.some((plugin) => plugin.enabled && plugin.name.replace(/:latest$/, '') === plain);
  if (isManaged) return true;
  const paths = [
    `/run/docker/plugins/${plain}.sock`,
    `/run/docker/plugins/${plain}/${plain}.sock`,
    ...advertised.flatMap((folder) => [
      `${folder}/${plain}.spec`,
      `${folder}/${plain}.json`,
      `${folder}/${plain}/${plain}.spec`,
    ]),
  ];
  // A socket is no regular file, and there all the same.
  return paths.some((path) => situation.file(path) !== null);
}

/** A swarm and live-restore exclude each other. */
export function swarm(situation: Situation): Finding[] {
  const state = situation.info?.swarm;
  if (situation.setting('live-restore') !== true || state === undefined || state === 'inactive') return [];
  return [
    start(
      ['live-restore'],
      {
        en: 'this engine is in a swarm, and dockerd does not start with live-restore there',
        zh: '该引擎属于 Swarm，启用 live-restore 后 dockerd 无法启动',
      },
      {
        en: 'Leave live-restore off here: drain the node before a restart instead.',
        zh: '请在此处保持 live-restore 关闭，重启前先将节点置为 drain。',
      },
      ['docker node update --availability drain NODE'],
    ),
  ];
}

/** A group that the socket would belong to. */
export function socketGroup(situation: Situation): Finding[] {
  const name = textOf(situation, 'group');
  const { accounts } = situation.machine.host;
  if (name === undefined || name === 'docker' || /^\d+$/.test(name) || !accounts.known) return [];
  if (accounts.value.groups.some((group) => group.name === name)) return [];
  return [
    start(
      ['group'],
      {
        en: `this host has no group ${name}, and dockerd does not start`,
        zh: `本机没有用户组 ${name}，dockerd 无法启动`,
      },
      { en: 'Make the group first, or take group out.', zh: '请先创建该用户组，或移除 group。' },
      [`groupadd --system ${name}`],
    ),
  ];
}

/** Labels of a kernel that knows none: dockerd starts, and nothing is confined. */
export function selinux(situation: Situation): Finding[] {
  const { selinux: state } = situation.machine.host.kernel;
  if (situation.setting('selinux-enabled') !== true || !situation.isChanged('selinux-enabled')) return [];
  if (!state.known || state.value !== null) return [];
  return [
    use(
      ['selinux-enabled'],
      {
        en: 'this kernel runs without SELinux: selinux-enabled would confine nothing, and look as if it did',
        zh: '该内核未启用 SELinux：设置 selinux-enabled 不会有任何约束，却看似已启用',
      },
      {
        en: 'Use what this host has (AppArmor), or boot with SELinux first.',
        zh: '请使用本机已有的机制（AppArmor），或先启用 SELinux 并重启。',
      },
    ),
  ];
}
