import { posix } from 'node:path';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { canonicalPath, isWithin } from '../container/host-path.ts';
import { listed } from '../container/listing.ts';
import { unreadContainers } from '../unread-containers.ts';
import { type BindUser, bindUsers } from './bind-source.ts';

export const hostContainerDirSeparation = defineControl({
  id: 'host-container-dir-separation',
  subject: 'host',
  severity: 'medium',
  title: {
    en: 'Containers that have nothing to do with each other share no folder of the host that they can write to',
    zh: '互不相干的容器不共享可写的主机目录',
  },
  why: {
    en: "A container that is broken into changes the other one's data through the folder, and with it what the other one does. One that fills the folder stops both.",
    zh: '被攻破的容器可通过共享目录篡改另一容器的数据，进而影响其行为；任一容器写满该目录，两者都会停摆。',
  },
  how: {
    en: 'Looks at all bind mounts that can be written to, and at folders inside of each other. Containers of one Compose project, Swarm service or pod, or with the same value of the trust label, belong together; every other one stands alone. Sockets, devices and pseudo files are left out.',
    zh: '查看所有可写的绑定挂载，包括互为上下级的目录。同一 Compose 项目、Swarm 服务或 Pod 的容器，或信任标签值相同的容器视为一组，其余各自独立。套接字、设备和伪文件不计。',
  },
  references: { cisDocker: ['5.6'], nist800190: ['3.5.5'] },
  parameters: {
    trustLabel: {
      default: 'plimsoll.trust-group',
      description: {
        en: 'The label of containers whose value says which of them belong together; it outranks the owner.',
        zh: '容器标签名，其值相同的容器视为一组，优先于所属项目。',
      },
    },
    sharedPaths: {
      default: [] as string[],
      description: {
        en: 'Paths of the host, with all below them, that any containers may share.',
        zh: '允许任意容器共享的主机路径，含其下全部内容。',
      },
    },
  },

  judge(host, { machine, parameters }) {
    const users = writers(host, machine).filter(
      ({ path }) => !parameters.sharedPaths.some((shared) => isWithin(path, canonicalPath(shared))),
    );
    const gap = machine && unreadContainers(machine.engine, machine);
    if (gap) return unknownFrom(gap);
    if (users.length === 0) {
      return notApplicable({
        en: 'No container can write to a file or a folder of the host.',
        zh: '没有容器可写入主机的文件或目录。',
      });
    }
    const shared = sharedPlaces(users, (container) => groupOf(container, parameters.trustLabel));
    if (shared.length > 0) {
      const words = listed(
        shared.map(({ path, names }) => ({
          en: `${path} (${listed(names).en})`,
          zh: `${path}（${listed(names).zh}）`,
        })),
      );
      return fail(
        { en: `Several can write to the same: ${words.en}.`, zh: `多个容器可写入同一处：${words.zh}。` },
        shared.map(({ path, names }) => evidenceFor(path, names)),
      );
    }
    return pass(
      { en: 'None of them can write to what another one has.', zh: '没有容器可写入另一容器的目录。' },
      users.map(({ path, container }) => evidenceFor(path, [container.name])),
    );
  },

  // Which of them the data belongs to is for a person to say.
  remedy() {
    return byHand(
      {
        en: 'Give each of them a folder or a volume of its own. Where they are meant to work together, give them the same trust label, or mount the folder read-only in all but one.',
        zh: '为每个容器分配各自的目录或卷。若本就需要协作，则设置相同的信任标签，或除一个外均以只读方式挂载。',
      },
      [],
      'recreate',
    );
  },
});

interface SharedPlace {
  readonly path: string;
  /** Containers that can write there. */
  readonly names: readonly string[];
}

/** Those who can write to a file or a folder; without the host's word a socket is known by its name. */
function writers({ bindSources }: HostFacts, machine: Machine | undefined): BindUser[] {
  const kinds = bindSources.known ? bindSources.value : {};
  const isData = (path: string) =>
    ['file', 'folder'].includes(kinds[path]?.kind ?? (path.endsWith('.sock') ? 'socket' : 'folder'));
  return bindUsers(machine).filter(({ path, writable }) => writable && isData(path));
}

/** Each place with everybody who has it or a folder above it, where these are of several groups. */
function sharedPlaces(users: readonly BindUser[], group: (container: ContainerSpec) => string): SharedPlace[] {
  const paths = new Map<string, string>();
  const byPath = new Map<string, BindUser[]>();
  for (const user of users) {
    // Two names of one folder are one place.
    const path = paths.get(user.inode ?? '') ?? user.path;
    if (user.inode !== undefined) paths.set(user.inode, path);
    byPath.set(path, [...(byPath.get(path) ?? []), user]);
  }
  return [...byPath].flatMap(([path, own]) => {
    const all = [...own, ...ancestors(path).flatMap((each) => byPath.get(each) ?? [])].map((user) => user.container);
    if (new Set(all.map(group)).size < 2) return [];
    return [{ path, names: [...new Set(all.map(({ name }) => name))].toSorted() }];
  });
}

function ancestors(path: string): string[] {
  if (path === '/') return [];
  const above = posix.dirname(path);
  return [above, ...ancestors(above)];
}

function groupOf({ name, id, labels, owner }: ContainerSpec, trustLabel: string): string {
  const label = labels[trustLabel];
  if (label) return `label ${label}`;
  if (owner.kind === 'none') return `container ${id ?? name}`;
  // Of a swarm's stack or a pod's namespace only one service, one pod, works together by nature.
  const parts = owner.kind === 'compose' ? [owner.project] : [owner.project, owner.service];
  return [owner.kind, ...parts.map((part) => part ?? '')].join(' ');
}

function evidenceFor(path: string, names: readonly string[]): Evidence {
  return { source: 'engine-api', path: `Mounts ${path}`, value: [...names] };
}
