import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { namespaceKinds } from '../../model/namespace.ts';
import { known } from '../../model/fact.ts';
import { type KernelView, parseMountTable, readEffective, readHostNamespaces } from './effective.ts';
import { readProcesses } from './processes.ts';

const id = '0123456789abcdef'.repeat(4);
const files = { network: 'net', pid: 'pid', ipc: 'ipc', uts: 'uts', user: 'user', cgroup: 'cgroup' } as const;

const status = `Name:\tweb
State:\tS (sleeping)
PPid:\t400
Uid:\t110001\t110001\t110001\t110001
Gid:\t110002\t110002\t110002\t110002
CapInh:\t0000000000000000
CapPrm:\t00000000a80425fb
CapEff:\t0000000000000400
CapBnd:\t00000000a80425fb
NoNewPrivs:\t1
Seccomp:\t2
`;

/** `/proc` of a machine with an engine as process 400 and a container as process 412, but for these files. */
function machine(change: Readonly<Record<string, string | null>> = {}): TemporaryFolder {
  const texts: Record<string, string | null> = {
    '400/stat': '400 (dockerd) S 1 400 400 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 5 1 1 0',
    '400/cgroup': '0::/system.slice/docker.service\n',
    '412/stat': '412 (web) S 400 412 412 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 9 1 1 0',
    '412/cgroup': `0::/system.slice/docker-${id}.scope\n`,
    '412/status': status,
    '412/uid_map': '         0     100000      65536\n',
    '412/attr/current': 'docker-default (enforce)\n',
    '412/mountinfo': '100 90 0:50 / / ro,relatime - overlay overlay rw,lowerdir=/x\n',
    '412/net/sockstat': 'sockets: used 1\nTCP: inuse 1 orphan 0\nUDP: inuse 0 mem 0\n',
    '412/net/sockstat6': 'TCP6: inuse 0\nUDP6: inuse 0\n',
    '412/net/tcp': 'head\n 0: 00000000:1F90 00000000:0000 0A 0:0 0:0 0 0 0 4712 1\n',
    ...change,
  };
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(texts)) if (text !== null) root.write(name, text);
  for (const [pid, number] of [
    [400, 1],
    [412, 2],
  ]) {
    mkdirSync(join(root.path, `${pid}/ns`), { recursive: true });
    for (const kind of Object.values(files)) symlinkSync(`${kind}:[${number}]`, join(root.path, `${pid}/ns/${kind}`));
  }
  return root;
}

function effectiveIn(root: TemporaryFolder, change: Partial<KernelView> = {}) {
  const view: KernelView = {
    processes: readProcesses(root.path),
    cgroups: undefined,
    hostNamespaces: readHostNamespaces(known(400, 'kernel', ''), root.path),
    ...change,
  };
  return readEffective(412, id, view, root.path);
}

test('everything that the kernel says of a container', () => {
  using root = machine();
  const effective = effectiveIn(root);
  expect(effective).toMatchObject({
    pid: 412,
    user: { known: true, value: { uid: 10_001, hostUid: 110_001, hostGid: 110_002 } },
    capabilities: { known: true, value: { effective: 0x400n, permitted: 0xa80425fbn, bounding: 0xa80425fbn } },
    seccompMode: { value: 2 },
    noNewPrivileges: { value: true },
    securityLabel: { value: 'docker-default (enforce)' },
    mounts: { value: [{ target: '/', options: ['ro', 'relatime'], fileSystem: 'overlay' }] },
    processes: { value: [{ pid: 412, parent: 400, name: 'web', hostUid: 110_001 }] },
    listeners: { value: [{ protocol: 'tcp', address: '0.0.0.0', port: 8080 }] },
  });
  for (const kind of namespaceKinds) {
    expect(effective?.namespaces[kind]).toMatchObject({ value: { link: `${files[kind]}:[2]`, host: false } });
  }
});

test('a namespace that is the engine’s own is the host’s', () => {
  using root = machine();
  const hostNamespaces = { network: 'net:[2]', pid: 'pid:[1]', ipc: 'ipc:[1]', uts: 'uts:[2]', cgroup: 'cgroup:[1]' };
  const namespaces = effectiveIn(root, { hostNamespaces })?.namespaces;
  expect(namespaces?.network).toMatchObject({ value: { host: true } });
  expect(namespaces?.uts).toMatchObject({ value: { host: true } });
  expect(namespaces?.pid).toMatchObject({ value: { host: false } });
  expect(namespaces?.user).toMatchObject({ known: false });
});

test('sockets of the host’s network are not the container’s', () => {
  using root = machine();
  expect(effectiveIn(root, { hostNamespaces: { network: 'net:[2]' } })?.listeners).toMatchObject({ value: [] });
  expect(effectiveIn(root, { hostNamespaces: {} })?.listeners).toMatchObject({ known: false });
});

test('tables are read where the counters of sockets cannot be', () => {
  using root = machine({ '412/net/sockstat': null, '412/net/sockstat6': null });
  expect(effectiveIn(root)?.listeners).toMatchObject({ value: [{ port: 8080 }] });
});

test('host namespaces are the engine’s, else those of the first process', () => {
  using root = machine();
  expect(readHostNamespaces(known(400, 'kernel', ''), root.path)).toMatchObject({
    network: 'net:[1]',
    user: 'user:[1]',
  });
  expect(readHostNamespaces(hidden, root.path)).toEqual({});
  mkdirSync(join(root.path, '1/ns'), { recursive: true });
  symlinkSync('net:[7]', join(root.path, '1/ns/net'));
  expect(readHostNamespaces(hidden, root.path)).toEqual({ network: 'net:[7]' });
});

test.each([
  ['has ended', { '412/stat': null, '412/cgroup': null }],
  ['belongs to another container', { '412/cgroup': `0::/docker/${'ff'.repeat(32)}\n` }],
  ['is in no container', { '412/cgroup': '0::/user.slice\n' }],
])('a process that %s says nothing', (_, change) => {
  using root = machine(change);
  expect(effectiveIn(root)).toBeUndefined();
});

test('what may not be read is unknown, each for itself', () => {
  using root = machine({ '412/status': null, '412/attr/current': null, '412/mountinfo': null });
  const effective = effectiveIn(root);
  for (const fact of [effective?.user, effective?.capabilities, effective?.seccompMode, effective?.noNewPrivileges]) {
    expect(fact).toMatchObject({ known: false });
  }
  expect(effective?.securityLabel.known).toBe(false);
  expect(effective?.mounts.known).toBe(false);
  expect(effective?.limits.known).toBe(false);
  expect(effective?.listeners.known).toBe(true);
});

test.each([
  ['the host’s own', '         0          0 4294967295\n', 110_001],
  ['mapped', '         0     100000      65536\n', 10_001],
  ['mapped in two ranges', '         0     200000       1000\n      1000     110000         10\n', 1001],
  ['not mapped', '         0     200000      65536\n', 110_001],
])('a user id that is %s', (_, map, uid) => {
  using root = machine({ '412/uid_map': map });
  expect(effectiveIn(root)?.user).toMatchObject({ value: { uid, hostUid: 110_001 } });
});

test('a user map that cannot be read leaves the user unknown, not root', () => {
  using root = machine({ '412/uid_map': null });
  expect(effectiveIn(root)?.user.known).toBe(false);
  expect(effectiveIn(root)?.capabilities.known).toBe(true);
});

test('every process of the container’s cgroup is its own, those that have just ended are not', () => {
  using root = machine({
    '413/stat': '413 (nginx: worker) S 412 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 9 1 1 0',
    '413/cgroup': `0::/system.slice/docker-${id}.scope/child\n`,
    '413/status': 'Uid:\t0\t33\t0\t0\n',
    '414/stat': '414 (gone) S 412 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 9 1 1 0',
    '414/cgroup': `0::/system.slice/docker-${id}.scope\n`,
  });
  const { processes } = effectiveIn(root) ?? {};
  const names = processes?.known ? processes.value.map(({ name, hostUid }) => [name, hostUid]) : [];
  expect(Object.fromEntries(names)).toEqual({ web: 110_001, 'nginx: worker': 33 });
});

test('a label ends where the kernel ends it', () => {
  using root = machine({ '412/attr/current': 'system_u:system_r:container_t:s0:c1,c2\0\n' });
  expect(effectiveIn(root)?.securityLabel).toMatchObject({ value: 'system_u:system_r:container_t:s0:c1,c2' });
});

test('mount tables: propagation, optional fields, escaped characters', () => {
  const table = `21 20 0:5 / /proc rw,nosuid - proc proc rw
22 20 8:1 /srv /with\\040space\\011tab rw,noexec shared:2 master:1 - ext4 /dev/sda\\0401 rw
23 20 0:6 / /back\\134slash ro propagate_from:3 - tmpfs tmpfs rw

`;
  expect(parseMountTable(table)).toEqual([
    { target: '/proc', options: ['rw', 'nosuid'], propagation: [], fileSystem: 'proc', source: 'proc' },
    {
      target: '/with space\ttab',
      options: ['rw', 'noexec'],
      propagation: ['shared:2', 'master:1'],
      fileSystem: 'ext4',
      source: '/dev/sda 1',
    },
    {
      target: '/back\\slash',
      options: ['ro'],
      propagation: ['propagate_from:3'],
      fileSystem: 'tmpfs',
      source: 'tmpfs',
    },
  ]);
  expect(parseMountTable('')).toEqual([]);
  expect(parseMountTable('odd line\n')).toMatchObject([{ target: '', fileSystem: '' }]);
});
