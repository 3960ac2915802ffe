import type { ContainerSpec } from '../model/container-spec.ts';
import { Secret } from '../model/secret.ts';

/** A container that says nothing but its name and image. */
export const bareContainer: ContainerSpec = {
  name: 'bare',
  dialect: 'docker-run',
  state: 'declared',
  image: { reference: 'bare:1' },
  entrypoint: [],
  command: [],
  groups: [],
  privileged: false,
  capabilities: { add: [], drop: [] },
  security: { selinux: [] },
  readOnlyRoot: false,
  mounts: [],
  devices: [],
  deviceRules: [],
  deviceRequests: [],
  namespaces: {},
  sysctls: {},
  ulimits: [],
  resources: {},
  ports: [],
  exposedPorts: [],
  networks: [],
  environment: [],
  labels: {},
  restart: {},
  logging: { options: {} },
  owner: { kind: 'none' },
  locate: (field) => ({ source: 'command-line', path: field }),
};

/** What must never be seen in any rendering. */
export const secretValue = 'hunter2';

/** A container with every field set to something else than its default. */
export const everyField: ContainerSpec = {
  ...bareContainer,
  name: 'web',
  image: { reference: 'registry.example/shop/web:1.4.2' },
  entrypoint: ['/bin/sh', '-c'],
  command: ['exec web "$HOME"', '--password', secretValue],
  user: '10001:10002',
  groups: ['100', 'audio'],
  privileged: true,
  capabilities: { add: ['NET_ADMIN'], drop: ['cap_net_raw'] },
  security: {
    noNewPrivileges: true,
    seccomp: 'unconfined',
    appArmor: 'my profile',
    selinux: ['type:web_t', 'level:s0'],
  },
  readOnlyRoot: true,
  mounts: [
    {
      kind: 'bind',
      source: '/etc,x"y',
      target: '/x',
      readOnly: true,
      readOnlyNonRecursive: true,
      propagation: 'rslave',
      options: {},
    },
    { kind: 'bind', source: '/srv', target: '/srv', readOnly: false, options: { Z: '' } },
    { kind: 'tmpfs', target: '/tmp', readOnly: true, options: { nosuid: '', size: '64m' } },
    {
      kind: 'volume',
      source: 'share',
      target: '/share',
      readOnly: true,
      driver: 'local',
      options: { type: 'cifs', device: '//nas/share', o: `username=web,password=${secretValue}`, nocopy: '' },
    },
    { kind: 'volume', source: 'c0ffee', anonymous: true, target: '/cache', readOnly: false, options: {} },
    { kind: 'image', source: 'tools:1', target: '/tools', readOnly: true, options: { subpath: 'bin' } },
  ],
  volumesFrom: ['backup:ro'],
  devices: [
    { source: '/dev/fuse', target: '/dev/fuse', permissions: 'rwm' },
    { source: '/dev/ttyS0', target: '/dev/modem', permissions: 'rw' },
  ],
  deviceRules: ['c 13:* rwm'],
  deviceRequests: ['nvidia', 'vendor.example/class=one'],
  namespaces: { network: 'host', pid: 'host', ipc: 'host', uts: 'host', user: 'host', cgroup: 'host' },
  maskedPaths: [],
  readOnlyPaths: [],
  sysctls: { 'net.core.somaxconn': '1024' },
  ulimits: [{ name: 'nofile', soft: 1024, hard: -1 }],
  resources: {
    memory: 256 * 1024 ** 2,
    memorySwap: -1,
    memoryReservation: 1000,
    oomKillDisable: true,
    oomScoreAdjust: -600,
    cpus: 1.5,
    cpuShares: 512,
    cpuset: '0-3,6',
    memoryNodes: '0',
    pids: 200,
    blockIoWeight: 300,
    blockIoThrottles: 2,
  },
  ports: [
    { hostAddress: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' },
    { hostAddress: '::1', hostPort: 5353, containerPort: 53, protocol: 'udp' },
    { hostAddress: '10.0.0.1', containerPort: 81, protocol: 'tcp' },
    { containerPort: 82, protocol: 'sctp' },
  ],
  exposedPorts: ['9000/tcp'],
  networks: ['shop', 'logs'],
  links: ['db:database'],
  extraHosts: ['host.docker.internal:host-gateway'],
  environment: [{ name: 'DATABASE', value: new Secret(secretValue) }],
  labels: { owner: "it's $HOME", 'db.password': secretValue },
  restart: { name: 'on-failure', maximumRetries: 5 },
  healthCheck: { test: ['CMD', '/bin/check', 'a b'] },
  logging: {
    driver: 'splunk',
    options: { 'splunk-token': secretValue, 'splunk-url': `https://web:${secretValue}@logs` },
  },
  runtime: 'runsc',
  cgroupParent: '/shop.slice',
};

const aboutTheContainer = new Set(['id', 'dialect', 'state', 'owner', 'locate', 'changedPaths', 'effective']);
const groups = new Set(['capabilities', 'security', 'namespaces', 'resources', 'restart', 'logging']);

/** Every field that a dialect may have a word for: `privileged`, `resources.pids`. */
export const fieldPaths: readonly string[] = Object.entries(everyField).flatMap(([field, value]) => {
  if (aboutTheContainer.has(field)) return [];
  return groups.has(field) ? Object.keys(value as object).map((key) => `${field}.${key}`) : [field];
});

/** The bare container with this one field of the full one. */
export function withOnly(path: string): ContainerSpec {
  const [field = '', key] = path.split('.');
  const value = Reflect.get(everyField, field) as object;
  if (key === undefined) return { ...bareContainer, [field]: value };
  const group = Reflect.get(bareContainer, field) as object;
  return { ...bareContainer, [field]: { ...group, [key]: Reflect.get(value, key) as unknown } };
}

/** The fields that a rendering has no word for. */
export function unspoken(render: (container: ContainerSpec) => unknown): string[] {
  const bare = JSON.stringify(render(bareContainer));
  return fieldPaths.filter((path) => JSON.stringify(render(withOnly(path))) === bare);
}
