import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { readHostListeners, readHostProcesses } from './host-listeners.ts';
import type { ProcessEntry } from './processes.ts';

const id = 'ab'.repeat(32);
const header = '  sl  local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode\n';
const line = (address: string, state: string, inode: number) =>
  `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1\n`;

function entry(pid: number, name: string, more: Partial<ProcessEntry> = {}): ProcessEntry {
  return { pid, name, parent: 1, startTicks: 0, cgroup: '0::/x\n', ...more };
}

/** Lets a process hold sockets, in a network namespace. */
function hold(root: TemporaryFolder, pid: number, inodes: readonly number[], network = 'net:[1]'): void {
  mkdirSync(join(root.path, `proc/${pid}/fd`), { recursive: true });
  mkdirSync(join(root.path, `proc/${pid}/ns`), { recursive: true });
  symlinkSync(network, join(root.path, `proc/${pid}/ns/net`));
  for (const [index, inode] of inodes.entries())
    symlinkSync(`socket:[${inode}]`, join(root.path, `proc/${pid}/fd/${index}`));
}

const table = (...lines: string[]) => ({ 'proc/1/net/tcp': header + lines.join('') });

test('listeners with their processes, and the container that a process is in', () => {
  using root = temporaryFolder({
    ...table(line('00000000:0016', '0A', 11), line('0100007F:0050', '0A', 12), line('00000000:0017', '01', 13)),
    'proc/1/net/udp': header + line('00000000:0035', '07', 14),
  });
  hold(root, 1, [11]);
  hold(root, 20, [11]);
  hold(root, 30, [12, 14]);
  const fact = readHostListeners(
    [entry(1, 'systemd'), entry(20, 'sshd'), entry(30, 'nginx', { container: id })],
    root.path,
  );
  expect(fact).toMatchObject({ known: true, path: `${root.path}/proc/1/net` });
  expect(fact.known && fact.value).toEqual([
    { protocol: 'tcp', address: '0.0.0.0', port: 22, process: { pid: 20, name: 'sshd' } },
    { protocol: 'tcp', address: '127.0.0.1', port: 80, process: { pid: 30, name: 'nginx' }, container: id },
    { protocol: 'udp', address: '0.0.0.0', port: 53, process: { pid: 30, name: 'nginx' }, container: id },
  ]);
});

test('a socket that only systemd holds is systemd’s', () => {
  using root = temporaryFolder(table(line('00000000:0016', '0A', 11)));
  hold(root, 1, [11]);
  expect(readHostListeners([entry(1, 'systemd')], root.path)).toMatchObject({
    value: [{ process: { name: 'systemd' } }],
  });
});

test('of processes that may not be looked at nothing is said, and none of another network', () => {
  using root = temporaryFolder(table(line('00000000:0016', '0A', 11)));
  hold(root, 1, []);
  hold(root, 20, [11], 'net:[2]');
  const fact = readHostListeners([entry(20, 'sshd'), entry(21, 'gone')], root.path);
  expect(fact).toMatchObject({ value: [{ port: 22 }] });
  expect(fact.known && fact.value[0]?.process).toBeUndefined();
});

test('a port that several workers open is told once, a socket without an inode belongs to nobody', () => {
  using root = temporaryFolder(
    table(line('00000000:0050', '0A', 11), line('00000000:0050', '0A', 12), line('00000000:0801', '0A', 0)),
  );
  hold(root, 20, [11, 12, 0]);
  expect(readHostListeners([entry(20, 'nginx')], root.path)).toMatchObject({ value: [{ port: 80 }, { port: 2049 }] });
});

test('without the first process the own namespace is read, without any it is unknown', () => {
  using root = temporaryFolder({ 'proc/self/net/tcp': header + line('00000000:0016', '0A', 11) });
  expect(readHostListeners([], root.path)).toMatchObject({ value: [{ port: 22 }], path: `${root.path}/proc/self/net` });
  using empty = temporaryFolder();
  expect(readHostListeners([], empty.path).known).toBe(false);
});

test('processes outside of containers, without the threads of the kernel', () => {
  using root = temporaryFolder({
    'proc/20/status': 'Name:\tmysqld\nUid:\t0\t112\t112\t112\n',
    'proc/30/status': 'Uid:\t0\t0\t0\t0\n',
  });
  const processes = [
    entry(20, 'mysqld'),
    entry(30, 'nginx', { container: id }),
    entry(2, 'kthreadd', { cgroup: '' }),
    entry(40, 'gone'),
  ];
  expect(readHostProcesses(processes, root.path)).toMatchObject({
    known: true,
    value: [{ pid: 20, name: 'mysqld', uid: 112 }],
  });
  expect(readHostProcesses([], root.path).known).toBe(false);
});

test('docker-bench 5.7 takes the processes of a container for the host’s: the control group tells them apart', () => {
  using root = temporaryFolder({ 'proc/30/status': 'Uid:\t0\t0\t0\t0\n' });
  const inside = entry(30, 'sshd', { cgroup: `0::/system.slice/docker-${id}.scope\n`, container: id });
  expect(readHostProcesses([inside], root.path)).toMatchObject({ known: true, value: [] });
});
