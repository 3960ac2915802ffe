import { existsSync, readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Fact, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { Text } from '../../model/text.ts';
import { readIfPossible } from './file.ts';
import { containerInCgroup } from './processes.ts';
import { controlSockets, readUnixSockets } from './sockets.ts';

/** Where this process stands: for each kind of thing, why what it sees is not the host's; absent where it is. */
export interface Standpoint {
  readonly files?: UnreadableFact;
  readonly processes?: UnreadableFact;
  readonly network?: UnreadableFact;
}

/** The number that the kernel gives to the PID namespace of the machine itself. */
const firstNamespace = 'pid:[4026531836]';

/**
 * What of the host this process sees. The host is where the engine runs: its own process decides where it is found, else
 * the machine's first one. Only where neither may be looked at do the marks count that engines leave in a container; so
 * a container of LXC is the host of an engine in it, and a shell in namespaces of its own still sees the host's files.
 *
 * `isEngineHere`: the engine shares this kernel, so that root finds its process wherever that is in sight.
 */
export function readStandpoint(owner: Fact<number>, isEngineHere: boolean, root = ''): Standpoint {
  const proc = `${root}/proc`;
  const isFirst = linkAt(`${proc}/self/ns/pid`) === firstNamespace;
  const isMarked = bearsMarks(root);
  const isBlind = !isFirst && !owner.known && (isMarked || (isEngineHere && process.geteuid?.() === 0));
  // In a PID namespace of its own a container has a first process of its own.
  const peers = { engine: owner.known ? owner.value : undefined, first: isBlind ? undefined : 1 };
  const hasFiles = agrees(peers, (pid) => fileAt(pid === 'self' ? `${root}/` : `${proc}/${pid}/root/`));
  // Each network namespace has a table of its own, which is in sight of those too who may not look at the namespace.
  const hasNetwork = agrees(peers, (pid) => fileAt(`${proc}/${pid}/net/dev`));
  return {
    ...((hasFiles ?? !isMarked) ? {} : { files: otherFiles }),
    ...(isBlind ? { processes: otherProcesses } : {}),
    ...((hasNetwork ?? (!isMarked || hearsEngine(proc))) ? {} : { network: otherNetwork }),
  };
}

interface Peers {
  readonly engine: number | undefined;
  readonly first: number | undefined;
}

/**
 * Whether this process has the same as the engine or the machine's first process; `undefined` where that cannot be seen.
 * An engine may well have its own: rootless, as a snap, or by its unit.
 */
function agrees({ engine, first }: Peers, look: (pid: number | 'self') => string | undefined): boolean | undefined {
  const own = look('self');
  if (own === undefined) return undefined;
  if (engine !== undefined && look(engine) === own) return true;
  const other = first === undefined ? undefined : look(first);
  return other === undefined ? undefined : other === own;
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Which file or folder it is, under whatever name: a copy of the mount table still has the same file systems. */
function fileAt(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/**
 * Whether this is a container of an engine. The empty files that engines leave in one are carried over into images of
 * virtual machines, so that they only count where there is no mount table to look at.
 */
function bearsMarks(root: string): boolean {
  if (containerInCgroup(readIfPossible(`${root}/proc/self/cgroup`) ?? '') !== undefined) return true;
  const table = readIfPossible(`${root}/proc/self/mountinfo`);
  return table === undefined
    ? ['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(root + path))
    : table.split('\n').some(isOfEngine);
}

/** What engines mount in each container; the host has the same folders elsewhere. */
const mountedByEngines = new Set(['/', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/run/.containerenv']);

/** A container's folder of Docker, Podman or CRI; a pod's; a layer of Docker, Podman or containerd. */
const ofContainer =
  /(?:^|[/-])(?:containers|sandboxes)\/[0-9a-f]{64}\/|\/pods\/[0-9a-f-]{36}\/|\/overlay2?\/[0-9a-z]{25,64}\/diff|\/io\.containerd\.snapshotter\.v1\./;

function isOfEngine(line: string): boolean {
  const [, , , folder = '', target = ''] = line.split(' ');
  if (!mountedByEngines.has(target)) return false;
  return ofContainer.test(folder) || (target === '/' && ofContainer.test(line));
}

/** Sockets of engines are listed in the network namespace that they were made in, which is the host's. */
function hearsEngine(proc: string): boolean {
  const sockets = readUnixSockets(`${proc}/self/net/unix`);
  return sockets.some(({ path, listening }) => listening && controlSockets.has(basename(path)));
}

const outside: Text = {
  en: "run on the host itself; in a container with --pid=host --network=host, and for the host's files with its root mounted at /host and --root /host",
  zh: '在主机本身上运行；若在容器中，请使用 --pid=host --network=host，查看主机文件则须将其根目录挂载到 /host 并使用 --root /host',
};

const otherFiles = unreadable(
  'kernel',
  '/proc/self/mountinfo',
  {
    en: "this process is in a container: the files that it sees are not the host's",
    zh: '当前进程在容器中，所见文件不属于主机',
  },
  outside,
);

const otherProcesses = unreadable(
  'kernel',
  '/proc/self/ns/pid',
  {
    en: 'this process is in a PID namespace of its own, in which those of the host are not seen',
    zh: '当前进程处于独立的 PID 命名空间，看不到主机的进程',
  },
  outside,
);

const otherNetwork = unreadable(
  'kernel',
  '/proc/self/ns/net',
  {
    en: 'this process is in a network namespace of its own, not in that of the host',
    zh: '当前进程处于独立的网络命名空间，而非主机的网络命名空间',
  },
  outside,
);
