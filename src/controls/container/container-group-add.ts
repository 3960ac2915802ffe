import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from './listing.ts';

export const containerGroupAdd = defineControl({
  id: 'container-group-add',
  subject: 'container',
  severity: 'medium',
  title: {
    en: 'The container joins no group that has power over the host',
    zh: '容器不加入对主机拥有权限的组',
  },
  why: {
    en: "Groups count by their number, on mounted files and devices of the host too: the group of the engine's socket commands the engine, disk reads raw disks, shadow reads the hashes of passwords, and root owns much of the system.",
    zh: '组以编号生效，对挂载进来的主机文件和设备同样如此：引擎套接字所属的组可以指挥引擎，disk 可读取裸磁盘，shadow 可读取密码哈希，root 组则拥有系统的大部分文件。',
  },
  how: {
    en: 'None of the groups that are added may be in the list, by name or by number. A number that a name has only on some hosts, as docker has, must be added to the list there. For a pod kubernetes-root-group judges group 0.',
    zh: '加入的组不得出现在列表中，无论写名称还是编号。编号因主机而异的组（例如 docker），须在列表中补充其编号。Pod 的组 0 由 kubernetes-root-group 判断。',
  },
  references: { links: ['https://docs.docker.com/reference/cli/docker/container/run/'] },
  parameters: {
    refused: {
      // 6 and 42 are disk and shadow on Debian, Alpine and what comes from them; 6 is disk on Red Hat and SUSE too.
      default: ['root', '0', 'docker', 'podman', 'disk', '6', 'shadow', '42', 'kmem'],
      description: {
        en: 'Groups that no container may join, by name and by number.',
        zh: '任何容器都不得加入的组，可写名称和编号。',
      },
    },
  },
  counterexample: { groups: ['6'] },

  judge(container, { parameters }) {
    const refused = refusedIn(container, parameters.refused);
    const [first] = refused;
    if (first === undefined) {
      return pass(
        { en: 'It joins no group with power over the host.', zh: '容器未加入对主机拥有权限的组。' },
        configured(container, 'groups', container.groups),
      );
    }
    const names = listed(refused.map(({ group }) => wordsFor(group)));
    return fail(
      { en: `It joins the group ${names.en}.`, zh: `容器加入了组 ${names.zh}。` },
      refused.map(({ index, group }) => configured(container, `groups[${index}]`, group)),
      `groups[${first.index}]`,
    );
  },

  remedy(container, { parameters }) {
    const refused = new Set(refusedIn(container, parameters.refused).map(({ index }) => index));
    return changeSpec(
      { groups: container.groups.filter((_, index) => !refused.has(index)) },
      {
        en: 'Leave these groups. Give the files that the program needs to a group of its own, and let it join that one.',
        zh: '不再加入这些组。将程序所需的文件交给专用的组，并让容器加入该组。',
      },
    );
  },
});

function refusedIn({ dialect, groups }: ContainerSpec, refused: readonly string[]) {
  const known = new Set(refused.map(plain));
  return groups
    .map((group, index) => ({ group, index }))
    .filter(({ group }) => known.has(plain(group)) && !(dialect === 'pod' && plain(group) === '0'));
}

/** `00` is the group 0. */
function plain(group: string): string {
  return group.trim().replace(/^0+(?=\d+$)/, '');
}

const usualNames: Readonly<Record<string, string>> = { 0: 'root', 6: 'disk', 42: 'shadow' };

/** A number together with the name that it has on nearly every host. */
function wordsFor(group: string) {
  const name = usualNames[plain(group)];
  return name === undefined ? group : { en: `${group} (${name})`, zh: `${group}（${name}）` };
}
