import { type ContainerSpec, configured } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass } from '../../model/verdict.ts';
import { declaredUser } from './declared-user.ts';
import { canonicalPath, type HostMount, hostMounts, isWithin, mountWords, normalPath } from './host-path.ts';
import { listed } from './listing.ts';

const socketName = /^(containerd|cri-dockerd|crio|docker|docker\.raw|dockershim|podman)\.sock(\.ttrpc)?$/;
const pipePath = /^[\\/]{2}\.[\\/]pipe[\\/]+(docker|containerd|podman|cri)/i;
const usualSockets = ['docker.sock', 'containerd/containerd.sock', 'crio/crio.sock', 'podman/podman.sock'].flatMap(
  (name) => [`/run/${name}`, `/var/run/${name}`],
);

export const containerNoDockerSocket = defineControl({
  id: 'container-no-docker-socket',
  subject: 'container',
  severity: 'critical',
  title: { en: "No container engine's socket is mounted", zh: '不挂载容器引擎的套接字' },
  why: {
    en: "Whoever can write to the engine's socket can start a privileged container with the host's root directory in it: a process with this mount is root on the host.",
    zh: '能向引擎套接字写入的进程，就能启动一个挂载主机根目录的特权容器：拥有此挂载等同于拥有主机的 root 权限。',
  },
  how: {
    en: 'Compares every mount that leads to the host, links followed and volumes that are binds included, with the sockets that are open on this host and with the usual ones: by file name, by path, by inode, and as a directory that holds one. A read-only mount is no better, because a socket needs no write access to the file system. Named pipes count too.',
    zh: '将每个通向主机的挂载（先解析符号链接，包括实为 bind 的 volume）与本机已打开的套接字及常见套接字比对：按文件名、路径、inode，以及是否为其上级目录。只读挂载同样不安全，因为使用套接字不需要文件系统的写权限。命名管道同样计入。',
  },
  references: {
    cisDocker: ['5.32'],
    nist800190: ['4.5.4'],
    aliases: ['k8s-runtime-socket', 'KSV-0006', 'C-0074', 'CKV_K8S_27', 'kube-linter:docker-sock'],
    links: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface'],
  },
  counterexample: {
    mounts: [
      { kind: 'bind', source: '/var/run/docker.sock', target: '/var/run/docker.sock', readOnly: true, options: {} },
    ],
  },

  judge(container, { machine }) {
    const exposed = exposedSockets(container, machine);
    const [first] = exposed;
    if (first) {
      const list = listed(exposed.map(({ words }) => words));
      return fail(
        {
          en: `It can reach a container engine through ${list.en}.`,
          zh: `容器可通过以下挂载访问容器引擎：${list.zh}。`,
        },
        exposed.map(({ field, path }) => configured(container, field, path)),
        first.field,
      );
    }
    return pass(
      { en: "No mount leads to a container engine's socket.", zh: '没有挂载通向容器引擎的套接字。' },
      hostMounts(container, machine).map(({ field, path }) => configured(container, field, path)),
    );
  },

  remedy(container, { machine }) {
    const exposed = new Set(exposedSockets(container, machine).map(({ field }) => field));
    return changeSpec(
      { mounts: container.mounts.filter((_, index) => !exposed.has(`mounts[${index}]`)) },
      {
        en: "Take the mount away. What needs the engine's API gets a proxy that lets through only the calls it makes; builds go to a rootless builder.",
        zh: '移除该挂载。确需引擎 API 的程序应改用只放行必要调用的代理；镜像构建改用 rootless 构建器。',
      },
    );
  },
});

interface Exposure {
  readonly field: string;
  readonly path: string;
  readonly words: Text;
}

function exposedSockets(container: ContainerSpec, machine: Machine | undefined): Exposure[] {
  const pipes = container.mounts.flatMap((mount, index): Exposure[] => {
    const path = mount.source ?? '';
    if (!pipePath.test(path)) return [];
    const field = `mounts[${index}]`;
    return [{ field, path, words: mountWords({ mount, field, path }) }];
  });
  const mounts = hostMounts(container, machine);
  if (mounts.length === 0) return pipes;
  const sockets = [...usualSockets, ...machineSockets(machine)];
  const inodes = inodesOf(machine);
  const mounted = mounts.flatMap((each) => {
    const words = exposureOf(each, sockets, inodes, each.mount.readOnly && isStranger(container));
    return words ? [{ ...each, words }] : [];
  });
  return [...mounted, ...pipes];
}

function exposureOf(
  each: HostMount,
  sockets: string[],
  inodes: ReadonlyMap<string, string>,
  onlyLooks: boolean,
): Text | undefined {
  const names = [normalPath(each.path), canonicalPath(each.path)];
  const isSocket = names.some(
    (path) => sockets.includes(path) || socketName.test(path.slice(path.lastIndexOf('/') + 1)),
  );
  if (isSocket) return mountWords(each);
  const same = inodes.get(each.mount.hostInode ?? '');
  if (same !== undefined) {
    const { en, zh } = mountWords(each);
    return { en: `${en} (the same socket as ${same})`, zh: `${zh}（与 ${same} 是同一套接字）` };
  }
  const held = sockets.find((socket) => names.some((path) => isWithin(socket, path)));
  if (held !== undefined && onlyLooks) return undefined;
  return held === undefined ? undefined : mountWords(each, held);
}

/**
 * A container of a pod that is neither root nor in a group of its own choosing: it may not open the sockets of an
 * engine, and whoever lets it see a whole directory of the node means its files. That is another control's question.
 */
function isStranger(container: ContainerSpec): boolean {
  const { dialect, nonRootDemanded, groups, privileged } = container;
  if (dialect !== 'pod' || privileged || groups.length > 0) return false;
  const { root } = declaredUser(container);
  return root === false || (root === undefined && nonRootDemanded === true);
}

/** Sockets that are open on this machine, by path. Abstract ones have no path that could be mounted. */
function machineSockets(machine: Machine | undefined): string[] {
  if (!machine) return [];
  const { engine, host } = machine;
  const paths = [
    ...(engine.endpoint.startsWith('unix://') ? [engine.endpoint.slice('unix://'.length)] : []),
    ...(engine.sockets.known ? engine.sockets.value.unix : []),
    ...(host.runtimeSockets.known ? host.runtimeSockets.value.map(({ path }) => path) : []),
  ];
  return paths.flatMap((path) => (path.startsWith('/') ? [normalPath(path), canonicalPath(path)] : []));
}

function inodesOf(machine: Machine | undefined): ReadonlyMap<string, string> {
  const sockets = machine?.host.runtimeSockets;
  return new Map(sockets?.known ? sockets.value.map(({ path, inode }) => [inode, path]) : []);
}
