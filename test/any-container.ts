import * as fc from 'fast-check';
import type { ContainerSpec, Mount } from '../src/model/container-spec.ts';
import { bareContainer, everyField } from '../src/remedy/every-field.fixture.ts';

const maybe = <T>(value: T) => fc.constantFrom(undefined, value);
const mounts: readonly Mount[] = [
  { kind: 'bind', source: '/etc', target: '/etc', readOnly: false, options: {} },
  { kind: 'bind', source: '/var/run/docker.sock', target: '/var/run/docker.sock', readOnly: true, options: {} },
  { kind: 'bind', source: '/srv/media', target: '/media', readOnly: false, propagation: 'rshared', options: {} },
  { kind: 'tmpfs', target: '/tmp', readOnly: false, options: {} },
  { kind: 'volume', source: 'data', target: '/data', readOnly: false, options: {} },
  { kind: 'volume', target: '/cache', readOnly: false, options: {}, anonymous: true },
];

/** Containers of all sorts, with the names of services. */
const anyContainer = fc
  .record({
    user: fc.constantFrom(undefined, 'root', '0:0', '1000', '10001:10001'),
    privileged: fc.boolean(),
    readOnlyRoot: fc.boolean(),
    add: fc.subarray(['SYS_ADMIN', 'NET_ADMIN', 'CAP_CHOWN', 'ALL', 'net_raw']),
    drop: fc.subarray(['NET_RAW', 'ALL']),
    noNewPrivileges: fc.constantFrom(undefined, true, false),
    seccomp: maybe('unconfined'),
    appArmor: maybe('unconfined'),
    selinux: fc.subarray(['type:spc_t']),
    mounts: fc.subarray([...mounts]),
    network: maybe('host'),
    pid: maybe('host'),
    ipc: maybe('host'),
    memory: maybe(1024 ** 3),
    cpus: maybe(2),
    pids: maybe(4096),
    groups: fc.subarray(['0', '999']),
    restart: fc.constantFrom(undefined, 'always' as const, 'on-failure' as const),
    command: fc.subarray(['serve', '--port', '80: 80', '# x', "it's $HOME"]),
    labels: fc.constantFrom<Record<string, string>>({}, { owner: 'shop', 'org.example/x': 'a b' }),
    sysctls: fc.constantFrom<Record<string, string>>({}, { 'net.core.somaxconn': '1024' }, { 'kernel.msgmax': '1' }),
  })
  .map((each): ContainerSpec => ({
    ...bareContainer,
    image: { reference: 'registry.example/shop/web:1.4.2' },
    command: each.command,
    ...(each.user === undefined ? {} : { user: each.user }),
    privileged: each.privileged,
    readOnlyRoot: each.readOnlyRoot,
    capabilities: { add: each.add, drop: each.drop },
    security: {
      selinux: each.selinux,
      ...(each.noNewPrivileges === undefined ? {} : { noNewPrivileges: each.noNewPrivileges }),
      ...(each.seccomp === undefined ? {} : { seccomp: each.seccomp }),
      ...(each.appArmor === undefined ? {} : { appArmor: each.appArmor }),
    },
    mounts: each.mounts,
    namespaces: {
      ...(each.network === undefined ? {} : { network: each.network }),
      ...(each.pid === undefined ? {} : { pid: each.pid }),
      ...(each.ipc === undefined ? {} : { ipc: each.ipc }),
    },
    resources: {
      ...(each.memory === undefined ? {} : { memory: each.memory, memorySwap: each.memory }),
      ...(each.cpus === undefined ? {} : { cpus: each.cpus }),
      ...(each.pids === undefined ? {} : { pids: each.pids }),
    },
    groups: each.groups,
    restart: each.restart === undefined ? {} : { name: each.restart },
    labels: each.labels,
    sysctls: each.sysctls,
    environment: everyField.environment,
  }));

/** One to three of them, each with a name of its own. */
export const severalContainers = fc
  .array(anyContainer, { minLength: 1, maxLength: 3 })
  .map((containers) => containers.map((each, index) => ({ ...each, name: `web${index}` })));
