import { readFileSync } from 'node:fs';
import type { DaemonProcess, DaemonSockets } from '../../model/engine.ts';
import { type Fact, known, unreadable } from '../../model/fact.ts';
import { fileFailure, readIfPossible } from './file.ts';
import { bootTime, type ProcessEntry, readStatus, ticksPerSecond } from './processes.ts';
import { heldSockets, mayHoldTcp, readListeners, readUnixSockets, socketInodes } from './sockets.ts';

/**
 * The process that answers on a unix socket: the one that holds a connection accepted there, else the one that
 * listens. It is found by what it holds, never by its name; names only decide which process is looked at first.
 *
 * Call it while a connection to the socket is open, so that there is an accepted one to find.
 */
export function findSocketOwner(socketPath: string, processes: readonly ProcessEntry[]): Fact<number> {
  const path = `owner of ${socketPath}`;
  const { listening, accepted } = socketInodes(socketPath, readUnixSockets());
  if (listening.size === 0 && accepted.size === 0) {
    return unreadable(
      'kernel',
      path,
      { en: `no process on this machine listens at ${socketPath}`, zh: `本机没有进程监听 ${socketPath}` },
      {
        en: "start the engine, or run Plimsoll on the engine's own machine, outside any container",
        zh: '启动引擎，或在引擎所在机器上（容器之外）运行 Plimsoll',
      },
    );
  }
  let listener: number | undefined;
  let denied = false;
  for (const { pid } of processes.toSorted((left, right) => likelihood(right) - likelihood(left))) {
    try {
      const held = heldSockets(pid);
      if (!held.isDisjointFrom(accepted)) return known(pid, 'kernel', `/proc/${pid}/fd`);
      // systemd holds the socket too when it opened it for the engine.
      if (pid !== 1 && !held.isDisjointFrom(listening)) listener ??= pid;
    } catch (error) {
      denied ||= (error as NodeJS.ErrnoException).code === 'EACCES';
    }
  }
  if (listener !== undefined) return known(listener, 'kernel', `/proc/${listener}/fd`);
  return denied
    ? unreadable(
        'kernel',
        path,
        { en: 'this user may not see which process owns the socket', zh: '当前用户无权查看套接字由哪个进程持有' },
        { en: 'run as root', zh: '以 root 身份运行' },
      )
    : unreadable(
        'kernel',
        path,
        { en: 'the process that owns the socket is not visible from here', zh: '在此处看不到持有该套接字的进程' },
        { en: "run in the host's PID namespace", zh: '在主机的 PID 命名空间中运行' },
      );
}

function likelihood(process: ProcessEntry): number {
  return /^(dockerd|podman)/.test(process.name) ? 1 : 0;
}

export function readDaemonProcess(owner: Fact<number>, processes: readonly ProcessEntry[]): Fact<DaemonProcess> {
  if (!owner.known) return owner;
  const pid = owner.value;
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const status = readStatus(pid);
    const entry = processes.find((process) => process.pid === pid);
    return known(
      {
        pid,
        arguments: commandLine.replace(/\0$/, '').split('\0'),
        uid: Number(status.get('Uid')?.split('\t')[1] ?? 0),
        started: bootTime() + ((entry?.startTicks ?? 0) / ticksPerSecond) * 1000,
        capabilityBoundingSet: BigInt(`0x${status.get('CapBnd') ?? '0'}`),
        proxies: processes.filter((process) => process.parent === pid && process.name === 'docker-proxy').length,
        ...openFilesOf(readIfPossible(`/proc/${pid}/limits`) ?? ''),
        ...interfacesOf(readIfPossible(`/proc/${pid}/net/dev`) ?? ''),
      },
      'kernel',
      `/proc/${pid}`,
    );
  } catch (error) {
    return fileFailure(`/proc/${pid}`, error);
  }
}

/** The line of `/proc/PID/limits` about open files. */
export function openFilesOf(limits: string): Pick<DaemonProcess, 'openFiles'> {
  const [, soft, hard] = /^Max open files +(\S+) +(\S+)/m.exec(limits) ?? [];
  if (soft === undefined || hard === undefined) return {};
  return { openFiles: { soft: limitOf(soft), hard: limitOf(hard) } };
}

function limitOf(text: string): number {
  return text === 'unlimited' ? Infinity : Number(text);
}

/** The names in `/proc/PID/net/dev`: interfaces of the network namespace that the process is in. */
export function interfacesOf(devices: string): Pick<DaemonProcess, 'interfaces'> {
  const names = [...devices.matchAll(/^ *([^\s:|]+):/gm)].map(([, name = '']) => name);
  return names.length > 0 ? { interfaces: names } : {};
}

/** Sockets that the daemon listens on, told from all others by the inodes that it holds. */
export function readDaemonSockets(owner: Fact<number>): Fact<DaemonSockets> {
  if (!owner.known) return owner;
  const pid = owner.value;
  try {
    const held = heldSockets(pid);
    const unix = readUnixSockets(`/proc/${pid}/net/unix`).filter(
      (socket) => socket.listening && held.has(socket.inode),
    );
    const listeners = mayHoldTcp(pid, held) ? readListeners(pid, ['tcp', 'tcp6']) : [];
    const tcp = listeners.filter((listener) => held.has(listener.inode));
    return known(
      {
        unix: unix.map((socket) => socket.path),
        tcp: tcp.map(({ protocol, address, port }) => ({ protocol, address, port })),
      },
      'kernel',
      `/proc/${pid}/fd`,
    );
  } catch (error) {
    return fileFailure(`/proc/${pid}/fd`, error);
  }
}
