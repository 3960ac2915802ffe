import { readlinkSync, readdirSync, realpathSync } from 'node:fs';
import { endianness } from 'node:os';
import type { Listener } from '../../model/effective.ts';
import { readIfPossible } from './file.ts';

/** A line of `/proc/net/unix` that has a path. */
export interface UnixSocket {
  readonly path: string;
  readonly inode: string;
  readonly listening: boolean;
}

/** File names of sockets whose owner can start containers. */
export const controlSockets: ReadonlySet<string> = new Set([
  'docker.sock',
  'containerd.sock',
  'crio.sock',
  'podman.sock',
  'buildkitd.sock',
  'dockershim.sock',
]);

/** Named unix sockets of the network namespace that `file` belongs to. */
export function readUnixSockets(file = '/proc/net/unix'): UnixSocket[] {
  const lines = (readIfPossible(file) ?? '').split('\n').slice(1);
  return lines.flatMap((line) => {
    // Num RefCount Protocol Flags Type St Inode Path: flag 0x10000 is a socket that accepts.
    const match = /^\S+: \S+ \S+ (\S+) \S+ \S+ +(\d+) (\/.*)$/.exec(line);
    if (!match) return [];
    const [, flags = '', inode = '', path = ''] = match;
    return [{ path, inode, listening: (Number.parseInt(flags, 16) & 0x10000) !== 0 }];
  });
}

/** Inodes of the sockets bound to `path`, and of the connections that they accepted, under any of its names. */
export function socketInodes(
  path: string,
  sockets: readonly UnixSocket[],
): { listening: Set<string>; accepted: Set<string> } {
  const real = realPath(path);
  const matching = sockets.filter((socket) => socket.path === path || realPath(socket.path) === real);
  return {
    listening: new Set(matching.filter((socket) => socket.listening).map((socket) => socket.inode)),
    accepted: new Set(matching.filter((socket) => !socket.listening).map((socket) => socket.inode)),
  };
}

/** Inodes of the sockets that a process holds; throws when they may not be read. */
export function heldSockets(pid: number, root = '/proc'): Set<string> {
  const folder = `${root}/${pid}/fd`;
  const inodes = readdirSync(folder).map((descriptor) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${descriptor}`))?.[1];
    } catch {
      return undefined;
    }
  });
  return new Set(inodes.filter((inode) => inode !== undefined));
}

/**
 * Whether any of these sockets may belong to TCP: all others are listed in `/proc/PID/net/unix` and `netlink`, which
 * cost nothing to print, while `tcp` makes the kernel walk the connections of the whole machine.
 */
export function mayHoldTcp(pid: number, held: ReadonlySet<string>, root = '/proc'): boolean {
  const inodes = new Set([...inodesIn(`${root}/${pid}/net/unix`, 6), ...inodesIn(`${root}/${pid}/net/netlink`, 9)]);
  return !held.isSubsetOf(inodes);
}

/** One column of a table below `/proc/PID/net`, counted from 0. */
function inodesIn(file: string, column: number): string[] {
  const lines = (readIfPossible(file) ?? '').split('\n').slice(1);
  return lines.map((line) => line.trim().split(/\s+/)[column] ?? '');
}

const listeningState = '0A';
const unconnectedState = '07';

export const socketProtocols = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
export type SocketProtocol = (typeof socketProtocols)[number];

/**
 * To print `/proc/PID/net/tcp` the kernel walks the table of all connections of the machine, which takes
 * milliseconds; its counters of sockets in the namespace cost next to nothing and mostly say that there are none.
 */
export function protocolsInUse(pid: number | 'self', root = '/proc'): SocketProtocol[] {
  const counters = ['sockstat', 'sockstat6']
    .map((file) => readIfPossible(`${root}/${pid}/net/${file}`) ?? '')
    .join('\n');
  return socketProtocols.filter((protocol) => {
    const inUse = new RegExp(`^${protocol.toUpperCase()}: inuse (\\d+)`, 'm').exec(counters)?.[1];
    return inUse !== '0';
  });
}

/** Listening TCP and unconnected UDP sockets of the network namespace that a process is in, with their inodes. */
export function readListeners(
  pid: number | 'self',
  protocols: readonly SocketProtocol[] = socketProtocols,
  root = '/proc',
): (Listener & { inode: string })[] {
  return protocols.flatMap((protocol) => {
    const wanted = protocol.startsWith('tcp') ? listeningState : unconnectedState;
    const lines = (readIfPossible(`${root}/${pid}/net/${protocol}`) ?? '').split('\n').slice(1);
    return lines.flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const [address = '', port = ''] = (fields[1] ?? '').split(':');
      if (fields[3] !== wanted) return [];
      return [
        { protocol, address: formatKernelAddress(address), port: Number.parseInt(port, 16), inode: fields[9] ?? '' },
      ];
    });
  });
}

/** The kernel writes addresses as 32-bit words in the machine's byte order. */
export function formatKernelAddress(hexadecimal: string, order: 'LE' | 'BE' = endianness()): string {
  const bytes = (hexadecimal.match(/.{8}/g) ?? []).flatMap((word) => {
    const pairs = (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
    return order === 'LE' ? pairs.toReversed() : pairs;
  });
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  if (isMapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return compressIpv6(groups);
}

/** RFC 5952: the longest run of zeros is left out, the first of several. */
function compressIpv6(groups: readonly string[]): string {
  const text = groups.join(':');
  const runs = [...text.matchAll(/\b0(?::0)+\b/g)].toSorted((left, right) => right[0].length - left[0].length);
  const longest = runs[0];
  if (!longest) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // The socket was unlinked, or lies in another mount namespace; `/var/run` is a link nearly everywhere.
    return path.replace(/^\/var\/run\//, '/run/');
  }
}
