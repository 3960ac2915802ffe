import { readFileSync, readlinkSync } from 'node:fs';
import type { NamespaceKind } from '../../model/namespace.ts';
import type {
  ContainerProcess,
  Effective,
  EffectiveNamespace,
  EffectiveUser,
  MountEntry,
} from '../../model/effective.ts';
import { type Fact, known, unreadable } from '../../model/fact.ts';
import { type CgroupMounts, readCgroupLimits } from './cgroup.ts';
import { fileFailure, readFact, readIfPossible } from './file.ts';
import { containerInCgroup, type ProcessEntry, readStatus } from './processes.ts';
import { protocolsInUse, readListeners } from './sockets.ts';

/** What is the same for every container of a machine, read once. */
export interface KernelView {
  readonly processes: readonly ProcessEntry[];
  readonly cgroups: CgroupMounts | undefined;
  /** Links of the namespaces that are the host's own, by kind. */
  readonly hostNamespaces: Readonly<Partial<Record<NamespaceKind, string>>>;
}

const namespaceFiles: Readonly<Record<NamespaceKind, string>> = {
  network: 'net',
  pid: 'pid',
  ipc: 'ipc',
  uts: 'uts',
  user: 'user',
  cgroup: 'cgroup',
};

const kinds = Object.keys(namespaceFiles) as NamespaceKind[];

/**
 * The namespaces that `host` means to an engine are its own. Where its process is not known or may not be read,
 * those of the machine's first process stand in.
 */
export function readHostNamespaces(daemon: Fact<number>, root = '/proc'): KernelView['hostNamespaces'] {
  const candidates = daemon.known ? [daemon.value, 1] : [1];
  const links = kinds.flatMap((kind) => {
    const link = candidates.map((pid) => readLink(`${root}/${pid}/ns/${namespaceFiles[kind]}`)).find(Boolean);
    return link === undefined ? [] : [[kind, link]];
  });
  return Object.fromEntries(links);
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/**
 * What the kernel says of a running container. `undefined` when the process is not on this machine: the engine
 * runs elsewhere, in a virtual machine, or the container has just ended.
 */
export function readEffective(pid: number, container: string, view: KernelView, root = '/proc'): Effective | undefined {
  const folder = `${root}/${pid}`;
  const cgroup = view.processes.find((process) => process.pid === pid)?.cgroup ?? readIfPossible(`${folder}/cgroup`);
  if (cgroup === undefined || containerInCgroup(cgroup) !== container) return undefined;
  const status = readStatusFacts(pid, root);
  const namespaces = Object.fromEntries(kinds.map((kind) => [kind, readNamespace(folder, kind, view)]));
  return {
    pid,
    ...status,
    namespaces: namespaces as Effective['namespaces'],
    securityLabel: readSecurityLabel(folder),
    limits: readCgroupLimits(cgroup, view.cgroups),
    mounts: readFact(`${folder}/mountinfo`, parseMountTable),
    processes: readContainerProcesses(container, view, root),
    listeners: readContainerListeners(pid, namespaces.network as Fact<EffectiveNamespace>, root),
  };
}

type StatusFacts = Pick<Effective, 'user' | 'capabilities' | 'seccompMode' | 'noNewPrivileges'>;

function readStatusFacts(pid: number, root: string): StatusFacts {
  const path = `${root}/${pid}/status`;
  try {
    const status = readStatus(pid, root);
    const mask = (field: string) => BigInt(`0x${status.get(field) ?? '0'}`);
    return {
      user: readUser(`${root}/${pid}`, status),
      capabilities: known(
        { effective: mask('CapEff'), permitted: mask('CapPrm'), bounding: mask('CapBnd') },
        'kernel',
        `${path} CapEff`,
      ),
      seccompMode: known(Number(status.get('Seccomp') ?? 0), 'kernel', `${path} Seccomp`),
      noNewPrivileges: known(status.get('NoNewPrivs') === '1', 'kernel', `${path} NoNewPrivs`),
    };
  } catch (error) {
    const failure = fileFailure(path, error);
    return { user: failure, capabilities: failure, seccompMode: failure, noNewPrivileges: failure };
  }
}

function readUser(folder: string, status: ReadonlyMap<string, string>): Fact<EffectiveUser> {
  const second = (field: string) => Number(status.get(field)?.split('\t')[1] ?? 0);
  const hostUid = second('Uid');
  const map = readFact(`${folder}/uid_map`, parseIdMap);
  if (!map.known) return map;
  return known(
    { hostUid, hostGid: second('Gid'), uid: insideId(hostUid, map.value) },
    'kernel',
    `${folder}/status Uid`,
  );
}

interface IdRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

function parseIdMap(text: string): IdRange[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([inside = 0, outside = 0, count = 0]) => ({ inside, outside, count }));
}

function insideId(outside: number, map: readonly IdRange[]): number {
  const range = map.find((each) => outside >= each.outside && outside < each.outside + each.count);
  return range ? range.inside + outside - range.outside : outside;
}

function readNamespace(folder: string, kind: NamespaceKind, view: KernelView): Fact<EffectiveNamespace> {
  const path = `${folder}/ns/${namespaceFiles[kind]}`;
  const host = view.hostNamespaces[kind];
  if (host === undefined) {
    return unreadable(
      'kernel',
      '/proc/PID/ns',
      { en: "the engine's own namespaces cannot be read", zh: '无法读取引擎自身的命名空间' },
      { en: "run as root in the host's PID namespace", zh: '以 root 身份在主机 PID 命名空间中运行' },
    );
  }
  try {
    const link = readlinkSync(path);
    return known({ link, host: link === host }, 'kernel', path);
  } catch (error) {
    return fileFailure(path, error);
  }
}

/** Without a security module the kernel refuses to read the label: then there is none. */
function readSecurityLabel(folder: string): Fact<string> {
  const path = `${folder}/attr/current`;
  try {
    return known(readFileSync(path, 'utf8').replace(/[\0\s]+$/, ''), 'kernel', path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EINVAL') return known('', 'kernel', path);
    return fileFailure(path, error);
  }
}

/** Reads `mountinfo`; `\040` and its like stand for the characters that would break the table. */
export function parseMountTable(text: string): MountEntry[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      const fields = before.split(' ');
      const [fileSystem = '', source = ''] = after.split(' ');
      return {
        target: unescapeOctal(fields[4] ?? ''),
        options: (fields[5] ?? '').split(','),
        propagation: fields.slice(6),
        fileSystem,
        source: unescapeOctal(source),
      };
    });
}

function unescapeOctal(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function readContainerProcesses(container: string, view: KernelView, root: string): Fact<readonly ContainerProcess[]> {
  const entries = view.processes.filter((process) => process.container === container);
  const processes = entries.flatMap((entry) => {
    try {
      const hostUid = Number(readStatus(entry.pid, root).get('Uid')?.split('\t')[1] ?? 0);
      return [{ pid: entry.pid, parent: entry.parent, name: entry.name, hostUid }];
    } catch {
      return [];
    }
  });
  return known(processes, 'kernel', '/proc/*/cgroup');
}

function readContainerListeners(pid: number, network: Fact<EffectiveNamespace>, root: string): Effective['listeners'] {
  if (!network.known) return network;
  const listeners = network.value.host ? [] : readListeners(pid, protocolsInUse(pid, root), root);
  return known(
    listeners.map(({ protocol, address, port }) => ({ protocol, address, port })),
    'kernel',
    `${root}/${pid}/net`,
  );
}
