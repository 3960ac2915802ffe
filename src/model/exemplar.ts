import type { ContainerSpec } from './container-spec.ts';
import type { Machine } from './control.ts';
import type { EngineFacts } from './engine.ts';
import { known } from './fact.ts';
import type { HostFacts } from './host.ts';

/**
 * Subjects that pass every control. The documentation shows a control's counterexample as a change to one of
 * these, and the test of all controls proves both directions on them.
 */
export const exemplarContainer: ContainerSpec = {
  id: 'f0'.repeat(32),
  name: 'web',
  dialect: 'engine-api',
  state: 'stopped',
  image: { reference: 'registry.example/shop/web:1.4.2', id: `sha256:${'0a'.repeat(32)}` },
  entrypoint: [],
  command: ['/usr/bin/web'],
  user: '10001:10001',
  groups: [],
  privileged: false,
  capabilities: { add: [], drop: ['ALL'] },
  security: {
    noNewPrivileges: true,
    selinux: [],
    appArmor: 'docker-default',
    processLabel: 'system_u:system_r:container_t:s0:c1,c2',
  },
  readOnlyRoot: true,
  mounts: [
    { kind: 'tmpfs', target: '/tmp', readOnly: false, options: { nosuid: '', nodev: '', noexec: '' } },
    {
      kind: 'volume',
      source: 'web-data',
      target: '/data',
      readOnly: false,
      driver: 'local',
      options: { type: 'tmpfs', device: 'tmpfs', o: 'nosuid,nodev' },
    },
  ],
  devices: [],
  deviceRules: [],
  deviceRequests: [],
  namespaces: { network: 'shop', ipc: 'private', cgroup: 'private' },
  sysctls: {},
  ulimits: [{ name: 'nofile', soft: 1024, hard: 4096 }],
  resources: {
    memory: 256 * 1024 ** 2,
    memorySwap: 256 * 1024 ** 2,
    cpus: 0.5,
    cpuset: '0',
    pids: 100,
    blockIoWeight: 300,
  },
  ports: [],
  exposedPorts: ['8080/tcp'],
  networks: ['shop'],
  environment: [],
  labels: { environment: 'production', owner: 'shop-team' },
  restart: { name: 'on-failure', maximumRetries: 5 },
  healthCheck: { test: ['CMD', '/usr/bin/web', '--health'] },
  logging: { driver: 'syslog', options: { 'syslog-address': 'tcp://logs.example:514' } },
  runtime: 'runc',
  owner: { kind: 'none' },
  locate: (field) => ({ source: 'engine-api', path: field }),
};

export const exemplarHost: HostFacts = {
  distribution: known({ id: 'debian', version: '13' }, 'file', '/etc/os-release'),
  kernelRelease: known('6.12.0', 'kernel', '/proc/sys/kernel/osrelease'),
  securityModules: known(['lockdown', 'capability', 'apparmor', 'selinux'], 'kernel', '/sys/kernel/security/lsm'),
  cgroupVersion: known(2, 'kernel', '/sys/fs/cgroup/cgroup.controllers'),
  runtimeSockets: known([{ path: '/run/docker.sock', inode: '25:1234' }], 'kernel', '/proc/net/unix'),
  root: true,
};

export const exemplarEngine: EngineFacts = {
  endpoint: 'unix:///run/docker.sock',
  kind: 'docker',
  local: true,
  version: known(
    {
      version: '29.6.1',
      apiVersion: '1.55',
      minimumApiVersion: '1.44',
      experimental: false,
      components: { Engine: '29.6.1', containerd: '2.2.1', runc: '1.3.4' },
    },
    'engine-api',
    'GET /version',
  ),
  info: known(
    {
      name: 'harbour',
      operatingSystem: 'Debian GNU/Linux 13 (trixie)',
      dataRoot: '/var/lib/docker',
      storageDriver: 'overlay2',
      storageStatus: [['Backing Filesystem', 'extfs']],
      loggingDriver: 'syslog',
      cgroupDriver: 'systemd',
      cgroupVersion: '2',
      processors: 4,
      memory: 8 * 1024 ** 3,
      liveRestore: true,
      debug: false,
      experimental: false,
      securityOptions: [
        'name=apparmor',
        'name=seccomp,profile=builtin',
        'name=selinux',
        'name=userns',
        'name=cgroupns',
        'name=no-new-privileges',
      ],
      insecureRegistries: ['127.0.0.0/8', '::1/128'],
      registries: { 'docker.io': true },
      authorizationPlugins: ['plimsoll-guard'],
      swarm: 'inactive',
      swarmManager: false,
      runtimes: ['runc', 'io.containerd.runc.v2'],
      defaultRuntime: 'runc',
      warnings: [],
      firewallBackend: 'iptables',
      containers: 1,
    },
    'engine-api',
    'GET /info',
  ),
  bridge: known(
    { name: 'bridge', options: { 'com.docker.network.bridge.enable_icc': 'false' } },
    'engine-api',
    'GET /networks/bridge',
  ),
  images: known(
    [
      {
        id: `sha256:${'0a'.repeat(32)}`,
        tags: ['registry.example/shop/web:1.4.2'],
        digests: [`registry.example/shop/web@sha256:${'0b'.repeat(32)}`],
        created: 1_780_000_000,
      },
    ],
    'engine-api',
    'GET /images/json',
  ),
  process: known(
    {
      pid: 400,
      arguments: ['/usr/bin/dockerd'],
      uid: 0,
      started: Date.UTC(2026, 5, 2),
      capabilityBoundingSet: (1n << 41n) - 1n,
      proxies: 0,
    },
    'kernel',
    '/proc/400',
  ),
  configuration: known(
    {
      file: '/etc/docker/daemon.json',
      modified: Date.UTC(2026, 5, 1),
      positions: {},
      values: {
        'authorization-plugins': ['plimsoll-guard'],
        'default-ulimits': {
          nofile: { Name: 'nofile', Soft: 1024, Hard: 65536 },
          nproc: { Name: 'nproc', Soft: 4096, Hard: 8192 },
        },
        icc: false,
        'live-restore': true,
        'log-driver': 'syslog',
        'log-opts': { 'syslog-address': 'tcp://logs.example:514' },
        'no-new-privileges': true,
        'selinux-enabled': true,
        'userland-proxy': false,
        'userns-remap': 'default',
      },
    },
    'file',
    '/etc/docker/daemon.json',
  ),
  units: known(
    {
      name: 'docker.service',
      files: [{ path: '/usr/lib/systemd/system/docker.service', kind: 'vendor', modified: Date.UTC(2026, 4, 1) }],
      vendorFileIntact: true,
    },
    'file',
    '/usr/lib/systemd/system/docker.service',
  ),
  sockets: known({ unix: ['/run/docker.sock'], tcp: [] }, 'kernel', '/proc/net/unix'),
  referencedFiles: known({}, 'file', '/etc/docker'),
  filterChains: known(['DOCKER', 'DOCKER-USER'], 'kernel', 'packet filter'),
  clients: known([], 'file', '~/.docker/contexts'),
};

export const exemplarMachine: Machine = {
  host: exemplarHost,
  engine: exemplarEngine,
  containers: [exemplarContainer],
};
