import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { bootTime, containerInCgroup, readProcesses, readStatus } from './processes.ts';

const id = '0123456789abcdef'.repeat(4);
const inner = 'fedcba9876543210'.repeat(4);

function stat(pid: number, name: string, parent: number, flags = 4_194_560): string {
  return `${pid} (${name}) S ${parent} ${pid} ${pid} 0 -1 ${flags} 100 0 0 0 1 2 0 0 20 0 1 0 98765 1 1 0\n`;
}

test('every process, with its name, its parent, its start and its container', () => {
  using root = temporaryFolder({
    '1/stat': stat(1, 'systemd', 0),
    '1/cgroup': '0::/init.scope\n',
    '412/stat': stat(412, 'web', 400),
    '412/cgroup': `0::/system.slice/docker-${id}.scope\n`,
    'self/stat': stat(7, 'self', 1),
    meminfo: '',
  });
  expect(readProcesses(root.path).toSorted((left, right) => left.pid - right.pid)).toEqual([
    { pid: 1, name: 'systemd', parent: 0, startTicks: 98_765, cgroup: '0::/init.scope\n' },
    {
      pid: 412,
      name: 'web',
      parent: 400,
      startTicks: 98_765,
      cgroup: `0::/system.slice/docker-${id}.scope\n`,
      container: id,
    },
  ]);
});

test.each(['a) S 1 (b', 'two words', ') 7 (', 'x)'])('a process called %j cannot pretend another parent', (name) => {
  using root = temporaryFolder({ '9/stat': stat(9, name, 42), '9/cgroup': '0::/\n' });
  expect(readProcesses(root.path)).toMatchObject([{ pid: 9, name, parent: 42, startTicks: 98_765 }]);
});

test('threads of the kernel are told by their flag, not by the number of their parent', () => {
  using root = temporaryFolder({
    '2/stat': stat(2, 'init-of-a-box', 1),
    '2/cgroup': `0::/docker/${id}\n`,
    '30/stat': stat(30, 'web', 2),
    '30/cgroup': `0::/docker/${id}\n`,
    '40/stat': stat(40, 'kworker/0:1', 2, 69_238_880 | 0x20_0000),
    '40/cgroup': '0::/\n',
  });
  const containers = readProcesses(root.path).map(({ pid, container }) => [pid, container]);
  expect(Object.fromEntries(containers)).toEqual({ 2: id, 30: id, 40: undefined });
});

test('a process that has just ended is not there', () => {
  using root = temporaryFolder({ '9/cgroup': '' });
  expect(readProcesses(root.path)).toEqual([]);
});

test('where /proc is not mounted there are none', () => {
  expect(readProcesses('/nowhere')).toEqual([]);
});

test('this very process is among the real ones', () => {
  expect(readProcesses()).toContainEqual(expect.objectContaining({ pid: process.pid, parent: process.ppid }));
});

test.each([
  ['Docker with systemd', `0::/system.slice/docker-${id}.scope`, id],
  ['Docker with cgroupfs', `5:memory:/docker/${id}\n4:pids:/docker/${id}`, id],
  ['Podman', `0::/machine.slice/libpod-${id}.scope/container`, id],
  ['Kubernetes', `0::/kubepods.slice/kubepods-pod1234.slice/cri-containerd-${id}.scope`, id],
  ['an engine in a container', `0::/docker/${id}/docker/${inner}`, inner],
  ['the view from inside', `0::/../${id}`, id],
  ['no container', '0::/user.slice/user-1000.slice/session-1.scope', undefined],
  ['nothing', '', undefined],
])('the container in the cgroup of %s', (_, cgroup, container) => {
  expect(containerInCgroup(cgroup)).toBe(container);
});

test('the machine’s start, in milliseconds', () => {
  using root = temporaryFolder({ stat: 'cpu  1 2 3\nctxt 9\nbtime 1795301759\nprocesses 1\n' });
  expect(bootTime(root.path)).toBe(1_795_301_759_000);
  expect(bootTime('/nowhere')).toBe(0);
});

test('a status is read by field, colons in values and all', () => {
  using root = temporaryFolder({ '9/status': 'Name:\ta:b\nUid:\t0\t1\t2\t3\nCapEff:\t00000000a80425fb\n' });
  const status = readStatus(9, root.path);
  expect(status.get('Name')).toBe('a:b');
  expect(status.get('Uid')).toBe('0\t1\t2\t3');
  expect(() => readStatus(10, root.path)).toThrow(/ENOENT/);
});
