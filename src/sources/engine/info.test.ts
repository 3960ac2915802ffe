import { expect, test } from 'vitest';
import { docker20Info, docker29, remappedDocker, rootlessDocker } from '../../../test/recorded-engines.ts';
import type { JsonValue } from '../../model/json.ts';
import { readEngineInfo } from './info.ts';
import { managerInfo } from './swarm.fixture.ts';

const infoOf = (answers: object) => readEngineInfo((answers as Record<string, JsonValue>)['/info'] ?? null);

test('GET /info of Docker 20.10', () => {
  expect(readEngineInfo(docker20Info)).toEqual({
    name: 'harbour',
    operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    dataRoot: '/var/lib/docker',
    storageDriver: 'overlay2',
    storageStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    loggingDriver: 'json-file',
    cgroupDriver: 'cgroupfs',
    cgroupVersion: '1',
    processors: 2,
    memory: 25_276_510_208,
    liveRestore: false,
    debug: false,
    experimental: false,
    securityOptions: ['name=seccomp,profile=default'],
    insecureRegistries: ['127.0.0.0/8'],
    registries: { 'docker.io': true },
    authorizationPlugins: [],
    swarm: 'inactive',
    swarmManager: false,
    runtimes: ['io.containerd.runc.v2', 'io.containerd.runtime.v1.linux', 'runc'],
    defaultRuntime: 'runc',
    warnings: [],
    firewallBackend: undefined,
    containers: 0,
    runningContainers: 0,
    stoppedContainers: 0,
    mirrors: [],
    limits: { memory: true, swap: true, processes: true },
  });
});

test('the firewall of Docker 28 and later', () => {
  expect(infoOf(docker29).firewallBackend).toBe('iptables');
});

test('security options tell rootless and remapped engines apart', () => {
  expect(infoOf(rootlessDocker).securityOptions).toContain('name=rootless');
  expect(infoOf(remappedDocker).securityOptions).toContain('name=userns');
});

test('plugins, warnings and insecure registries', () => {
  const info = readEngineInfo({
    Plugins: { Authorization: ['opa', 'guard'] },
    Warnings: ['WARNING: No swap limit support'],
    RegistryConfig: { IndexConfigs: { 'registry.example:5000': { Secure: false }, odd: {} } },
    Swarm: { LocalNodeState: 'active', ControlAvailable: true },
  });
  expect(info.authorizationPlugins).toEqual(['opa', 'guard']);
  expect(info.warnings).toEqual(['WARNING: No swap limit support']);
  expect(info.registries).toEqual({ 'registry.example:5000': false, odd: false });
  expect(info).toMatchObject({ swarm: 'active', swarmManager: true });
});

test('fields of the wrong type are absent', () => {
  const info = readEngineInfo({
    Name: 7,
    NCPU: '2',
    LiveRestoreEnabled: 'yes',
    DriverStatus: ['odd', null, ['a'], [{ toString: 1, valueOf: 1 }, 'b'], ['c', 'd']],
    SecurityOptions: [1, null, 'name=seccomp'],
    RegistryConfig: [],
    Runtimes: null,
    Plugins: 'none',
  });
  expect(info).toMatchObject({
    securityOptions: ['name=seccomp'],
    registries: {},
    runtimes: [],
    storageStatus: [['c', 'd']],
  });
  expect(info.name).toBeUndefined();
  expect(info.processors).toBeUndefined();
  expect(info.liveRestore).toBeUndefined();
});

test('limits, runtimes and whose build it is', () => {
  const info = readEngineInfo({
    CpuCfsQuota: false,
    CPUShares: true,
    CPUSet: 'yes',
    PidsLimit: false,
    RuncCommit: { ID: 'v1.3.4-0-gd6d73eb8' },
    ContainerdCommit: { ID: '' },
    Containerd: { Address: '/run/containerd/containerd.sock' },
    RegistryConfig: { Mirrors: ['https://mirror.example/'] },
    ProductLicense: 'Community Engine',
  });
  expect(info.limits).toEqual({ 'cpu-quota': false, 'cpu-shares': true, processes: false });
  expect(info).toMatchObject({
    runcCommit: 'v1.3.4-0-gd6d73eb8',
    containerdCommit: undefined,
    containerdAddress: '/run/containerd/containerd.sock',
    mirrors: ['https://mirror.example/'],
    product: 'Community Engine',
  });
});

test('the node that it is in a swarm, and the managers that it knows', () => {
  expect(readEngineInfo({ Swarm: managerInfo })).toMatchObject({
    swarmAddress: '127.0.0.1',
    swarmNode: '8uuls8jpvzztyglyt7vpao49j',
    swarmManagers: [{ node: '8uuls8jpvzztyglyt7vpao49j', address: '127.0.0.1:23771' }],
  });
  const outside = readEngineInfo({ Swarm: { NodeID: '', NodeAddr: '', RemoteManagers: null } });
  expect(outside).toMatchObject({ swarmNode: undefined, swarmManagers: undefined });
  expect(readEngineInfo({ Swarm: { RemoteManagers: [{}, 7, null] } }).swarmManagers).toBeUndefined();
});
