import { existsSync, readlinkSync } from 'node:fs';
import { type Fact, known } from '../../model/fact.ts';
import type { HostListener, HostProcess } from '../../model/host.ts';
import { fileFailure, readIfPossible } from './file.ts';
import type { ProcessEntry } from './processes.ts';
import type { Standpoint } from './standpoint.ts';
import { heldSockets, protocolsInUse, readListeners } from './sockets.ts';

/** Sockets that wait for others in the host's own network namespace, with their processes. */
export function readHostListeners(
  processes: readonly ProcessEntry[],
  root = '',
  standpoint: Standpoint = {},
): Fact<readonly HostListener[]> {
  // The first process is the host's, or a container's own in the network that this process is in.
  if (standpoint.network && standpoint.processes) return standpoint.network;
  const proc = `${root}/proc`;
  const owner = existsSync(`${proc}/1/net/tcp`) ? 1 : 'self';
  const path = `${proc}/${owner}/net`;
  if (!existsSync(`${path}/tcp`)) return fileFailure(`${path}/tcp`, { code: 'ENOENT' });
  const sockets = readListeners(owner, protocolsInUse(owner, proc), proc);
  const holders = holdersOf(new Set(sockets.map(({ inode }) => inode)), candidates(processes, owner, proc), proc);
  const listeners = sockets.map(({ protocol, address, port, inode }): HostListener => {
    const holder = holders.get(inode);
    return {
      protocol,
      address,
      port,
      ...(holder ? { process: { pid: holder.pid, name: holder.name } } : {}),
      ...(holder?.container ? { container: holder.container } : {}),
    };
  });
  return known(withoutRepetition(listeners), 'kernel', path);
}

/** Processes outside of containers; the kernel's own threads left out. */
export function readHostProcesses(
  processes: readonly ProcessEntry[],
  root = '',
  standpoint: Standpoint = {},
): Fact<readonly HostProcess[]> {
  if (standpoint.processes) return standpoint.processes;
  const path = `${root}/proc`;
  if (processes.length === 0) return fileFailure(path, { code: 'ENOENT' });
  const outside = processes.filter(({ cgroup, container }) => cgroup !== '' && container === undefined);
  const found = outside.flatMap(({ pid, name }) => {
    const uid = /^Uid:\t\d+\t(\d+)/m.exec(readIfPossible(`${path}/${pid}/status`) ?? '')?.[1];
    // It has ended since it was listed.
    return uid === undefined ? [] : [{ pid, name, uid: Number(uid) }];
  });
  return known(found, 'kernel', path);
}

/**
 * Processes that can hold such a socket: those in the same network namespace, which costs one look instead of one for
 * each open file. systemd comes last: it holds sockets that it opened for others.
 */
function candidates(processes: readonly ProcessEntry[], owner: 1 | 'self', proc: string): ProcessEntry[] {
  const network = networkOf(owner, proc);
  const possible = processes.filter(({ pid, cgroup }) => {
    if (cgroup === '') return false;
    const other = networkOf(pid, proc);
    return network === undefined || other === undefined || other === network;
  });
  return possible.toSorted((left, right) => Number(left.pid === 1) - Number(right.pid === 1));
}

/** For each inode the first process that holds it, as far as this process may see. */
function holdersOf(
  inodes: ReadonlySet<string>,
  processes: readonly ProcessEntry[],
  proc: string,
): Map<string, ProcessEntry> {
  const holders = new Map<string, ProcessEntry>();
  // Sockets of the kernel itself have no inode.
  const wanted = new Set([...inodes].filter((inode) => inode !== '' && inode !== '0'));
  for (const entry of processes) {
    if (wanted.size === 0) break;
    for (const inode of socketsOf(entry.pid, proc)) if (wanted.delete(inode)) holders.set(inode, entry);
  }
  return holders;
}

/** None where they may not be seen. */
function socketsOf(pid: number, proc: string): ReadonlySet<string> {
  try {
    return heldSockets(pid, proc);
  } catch {
    return new Set();
  }
}

function networkOf(pid: number | 'self', proc: string): string | undefined {
  try {
    return readlinkSync(`${proc}/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

/** Servers open the same port once for each of their workers. */
function withoutRepetition(listeners: readonly HostListener[]): HostListener[] {
  const byPlace = new Map<string, HostListener>();
  for (const listener of listeners) {
    const { protocol, address, port, process } = listener;
    const place = `${protocol} ${address} ${port} ${process?.name ?? ''}`;
    if (!byPlace.has(place)) byPlace.set(place, listener);
  }
  return [...byPlace.values()];
}
