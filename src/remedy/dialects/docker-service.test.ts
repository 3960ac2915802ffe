import { expect, test } from 'vitest';
import { bareContainer, everyField, secretValue, unspoken } from '../every-field.fixture.ts';
import { serviceOptions } from './docker-service.ts';

test('every field that a service can be told has an option', () => {
  expect(unspoken((container) => serviceOptions(bareContainer, container))).toEqual([
    'name',
    'privileged',
    'security.noNewPrivileges',
    'security.seccomp',
    'security.appArmor',
    'security.selinux',
    'devices',
    'deviceRules',
    'deviceRequests',
    'namespaces.pid',
    'namespaces.ipc',
    'namespaces.uts',
    'namespaces.user',
    'namespaces.cgroup',
    'resources.memorySwap',
    'resources.oomKillDisable',
    'resources.oomScoreAdjust',
    'resources.cpuShares',
    'resources.cpuset',
    'resources.memoryNodes',
    'resources.blockIoWeight',
    'resources.blockIoThrottles',
    'exposedPorts',
    'volumesFrom',
    'maskedPaths',
    'readOnlyPaths',
    'links',
    'extraHosts',
    'runtime',
    'cgroupParent',
  ]);
});

test('no change, no options', () => {
  expect(serviceOptions(everyField, everyField)).toEqual([]);
});

test('a capability that was added is taken back by dropping it, and the other way round', () => {
  const before = { ...bareContainer, capabilities: { add: ['SYS_ADMIN'], drop: ['CHOWN'] } };
  const after = { ...bareContainer, capabilities: { add: [], drop: ['ALL'] } };
  expect(serviceOptions(before, after)).toEqual(['--cap-drop=SYS_ADMIN', '--cap-drop=ALL', '--cap-add=CHOWN']);
});

test('limits are set and lifted', () => {
  const limited = { ...bareContainer, resources: { memory: 256 * 1024 ** 2, cpus: 0.5, pids: 200 } };
  expect(serviceOptions(bareContainer, limited)).toEqual([
    '--limit-memory=256m',
    '--limit-cpu=0.5',
    '--limit-pids=200',
  ]);
  expect(serviceOptions(limited, bareContainer)).toEqual(['--limit-memory=0', '--limit-cpu=0', '--limit-pids=0']);
});

test('what has a key is replaced by adding it again, not taken away as well', () => {
  const before = { ...bareContainer, labels: { a: '1', b: '1' }, sysctls: { 'net.a': '1' } };
  const after = { ...bareContainer, labels: { a: '2' }, sysctls: {} };
  expect(serviceOptions(before, after)).toEqual([
    '--sysctl-rm net.a',
    '--container-label-rm b',
    '--container-label-add a=2',
  ]);
  const mount = { kind: 'bind', source: '/etc', target: '/x', readOnly: false, options: {} } as const;
  const writable = { ...bareContainer, mounts: [mount] };
  expect(serviceOptions(writable, { ...writable, mounts: [{ ...mount, readOnly: true }] })).toEqual([
    '--mount-add type=bind,source=/etc,target=/x,readonly',
  ]);
  expect(serviceOptions(writable, bareContainer)).toEqual(['--mount-rm /x']);
});

test('a port is taken away by the port in the container, before another takes its place', () => {
  const port = { containerPort: 80, protocol: 'tcp' } as const;
  const before = { ...bareContainer, ports: [{ ...port, hostPort: 80 }] };
  const after = { ...bareContainer, ports: [{ ...port, hostPort: 8080 }] };
  expect(serviceOptions(before, after)).toEqual([
    '--publish-rm 80/tcp',
    '--publish-add published=8080,target=80,protocol=tcp',
  ]);
});

test('no secret is shown, in either direction', () => {
  const options = [...serviceOptions(bareContainer, everyField), ...serviceOptions(everyField, bareContainer)];
  expect(options).toContain('--env-add DATABASE');
  expect(options).toContain('--env-rm DATABASE');
  expect(options.join(' ')).not.toContain(secretValue);
});

test('a health check that is switched off is switched off', () => {
  expect(serviceOptions(bareContainer, { ...bareContainer, healthCheck: { test: ['NONE'] } })).toEqual([
    '--no-healthcheck',
  ]);
});
