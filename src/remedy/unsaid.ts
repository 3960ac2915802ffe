import { isDeepStrictEqual } from 'node:util';
import { normaliseCapability } from '../model/capability.ts';
import type { ContainerSpec, Mount } from '../model/container-spec.ts';
import type { Text } from '../model/text.ts';

interface Field {
  readonly name: Text;
  /** What is to be the same, in a form that does not depend on the dialect. */
  readonly of: (container: ContainerSpec) => unknown;
}

const fields: readonly Field[] = [
  {
    name: { en: 'the program and its arguments', zh: '程序及其参数' },
    of: (each) => [...each.entrypoint, ...each.command],
  },
  { name: { en: 'the user', zh: '用户' }, of: ({ user }) => user },
  { name: { en: 'groups', zh: '附加组' }, of: ({ groups }) => groups },
  { name: { en: 'privileged', zh: '特权模式' }, of: ({ privileged }) => privileged },
  {
    name: { en: 'capabilities', zh: 'capability' },
    of: ({ capabilities }) =>
      [capabilities.add, capabilities.drop].map((names) => names.map(normaliseCapability).toSorted()),
  },
  { name: { en: 'no-new-privileges', zh: 'no-new-privileges' }, of: ({ security }) => security.noNewPrivileges },
  { name: { en: 'the seccomp profile', zh: 'seccomp 配置文件' }, of: ({ security }) => profileOf(security.seccomp) },
  { name: { en: 'the AppArmor profile', zh: 'AppArmor 配置文件' }, of: ({ security }) => profileOf(security.appArmor) },
  {
    name: { en: 'SELinux labels', zh: 'SELinux 标签' },
    of: ({ security }) => security.selinux.map((label) => (label === 'disable' ? 'type:spc_t' : label)),
  },
  { name: { en: 'the read-only root', zh: '只读根文件系统' }, of: ({ readOnlyRoot }) => readOnlyRoot },
  { name: { en: 'mounts', zh: '挂载' }, of: ({ mounts }) => sorted(mounts.map(mountOf)) },
  { name: { en: 'options of mounts', zh: '挂载选项' }, of: ({ mounts }) => sorted(mounts.flatMap(optionsOf)) },
  { name: { en: 'drivers of volumes', zh: 'volume 驱动' }, of: ({ mounts }) => sorted(mounts.flatMap(driverOf)) },
  {
    name: { en: 'mounts of other containers', zh: '其他容器的挂载' },
    of: ({ volumesFrom = [] }) => sorted(volumesFrom),
  },
  { name: { en: 'devices', zh: '设备' }, of: ({ devices }) => devices },
  { name: { en: 'device rules', zh: '设备规则' }, of: ({ deviceRules }) => deviceRules },
  { name: { en: 'device requests', zh: '设备请求' }, of: ({ deviceRequests }) => deviceRequests },
  { name: { en: 'the network mode', zh: '网络模式' }, of: ({ namespaces }) => namespaceOf(namespaces.network) },
  { name: { en: 'the PID namespace', zh: 'PID 命名空间' }, of: ({ namespaces }) => namespaceOf(namespaces.pid) },
  { name: { en: 'the IPC namespace', zh: 'IPC 命名空间' }, of: ({ namespaces }) => namespaceOf(namespaces.ipc) },
  { name: { en: 'the UTS namespace', zh: 'UTS 命名空间' }, of: ({ namespaces }) => namespaceOf(namespaces.uts) },
  { name: { en: 'the user namespace', zh: '用户命名空间' }, of: ({ namespaces }) => namespaceOf(namespaces.user) },
  {
    name: { en: 'the cgroup namespace', zh: 'cgroup 命名空间' },
    of: ({ namespaces }) => namespaceOf(namespaces.cgroup),
  },
  {
    name: { en: 'masked and read-only paths', zh: '屏蔽与只读路径' },
    of: ({ maskedPaths, readOnlyPaths }) => [maskedPaths, readOnlyPaths],
  },
  { name: { en: 'kernel parameters', zh: '内核参数' }, of: ({ sysctls }) => sysctls },
  { name: { en: 'ulimits', zh: 'ulimit' }, of: ({ ulimits }) => ulimits },
  { name: { en: 'the memory limit', zh: '内存上限' }, of: ({ resources }) => resources.memory },
  { name: { en: 'the swap limit', zh: '交换空间上限' }, of: ({ resources }) => resources.memorySwap },
  { name: { en: 'the memory reservation', zh: '内存预留' }, of: ({ resources }) => resources.memoryReservation },
  { name: { en: 'the OOM killer', zh: 'OOM killer 设置' }, of: ({ resources }) => resources.oomKillDisable ?? false },
  {
    name: { en: 'the OOM score', zh: 'OOM 分值调整' },
    of: ({ resources }) => resources.oomScoreAdjust,
  },
  { name: { en: 'the processor limit', zh: 'CPU 上限' }, of: ({ resources }) => resources.cpus },
  {
    name: { en: 'the processor weight', zh: 'CPU 权重' },
    of: ({ resources }) => resources.cpuShares && Math.round(resources.cpuShares / 50),
  },
  { name: { en: 'pinned processors', zh: 'CPU 绑定' }, of: ({ resources }) => resources.cpuset },
  { name: { en: 'memory nodes', zh: '内存节点' }, of: ({ resources }) => resources.memoryNodes },
  { name: { en: 'the limit of processes', zh: '进程数上限' }, of: ({ resources }) => resources.pids },
  { name: { en: 'the weight of block I/O', zh: '块设备 I/O 权重' }, of: ({ resources }) => resources.blockIoWeight },
  { name: { en: 'rates of block devices', zh: '块设备速率' }, of: ({ resources }) => resources.blockIoThrottles ?? 0 },
  {
    name: { en: 'published ports', zh: '发布的端口' },
    of: ({ ports }) =>
      ports
        .map((port) => JSON.stringify([port.hostAddress ?? '', port.hostPort, port.containerPort, port.protocol]))
        .toSorted(),
  },
  {
    name: { en: 'networks', zh: '网络' },
    of: ({ networks, namespaces }) =>
      [...new Set([...networks, ...(isNetwork(namespaces.network) ? [namespaces.network] : [])])].toSorted(),
  },
  { name: { en: 'links', zh: '容器链接' }, of: ({ links = [] }) => sorted(links) },
  { name: { en: 'extra hosts', zh: '附加主机名' }, of: ({ extraHosts = [] }) => sorted(extraHosts) },
  {
    name: { en: 'variables', zh: '环境变量' },
    of: ({ environment }) => environment.map(({ name }) => name).toSorted(),
  },
  {
    name: { en: 'the restart policy', zh: '重启策略' },
    of: ({ restart }) => [
      restart.name === 'unless-stopped' ? 'always' : (restart.name ?? 'no'),
      restart.maximumRetries ?? 0,
    ],
  },
  {
    name: { en: 'the health check', zh: '健康检查' },
    of: ({ healthCheck }) => healthCheck && [healthCheck.test[0] === 'NONE', healthCheck.test.at(-1)],
  },
  {
    name: { en: 'logging', zh: '日志' },
    of: ({ logging }) => [logging.driver, Object.keys(logging.options).toSorted()],
  },
  { name: { en: 'the runtime', zh: '运行时' }, of: ({ runtime }) => runtime },
  { name: { en: 'the parent cgroup', zh: '父 cgroup' }, of: ({ cgroupParent }) => cgroupParent },
];

/**
 * What a container says that is lost when it is written out and read again, be it that there is no word for it or that
 * hardening the text took it away. Of what was added to harden the container nobody misses anything: only what it said in
 * the first place counts.
 */
export function lostFields(
  original: ContainerSpec,
  written: ContainerSpec,
  { reread, hardened }: { readonly reread: ContainerSpec; readonly hardened: ContainerSpec },
): readonly Text[] {
  return fields
    .filter((field) => says(field, original))
    .filter((field) => !isSame(field.of(written), field.of(reread)) || (says(field, written) && !says(field, hardened)))
    .map(({ name }) => name);
}

function says({ of }: Field, container: ContainerSpec): boolean {
  return !isSame(of(container), of(silent));
}

/** A container that says nothing. */
const silent: ContainerSpec = {
  name: '',
  dialect: 'docker-run',
  state: 'declared',
  image: { reference: '' },
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
  locate: (field) => ({ source: 'file', path: field }),
};

function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

/** Nothing and an empty list say the same. */
function plain(value: unknown): unknown {
  const json = JSON.parse(JSON.stringify(value ?? null)) as unknown;
  const isEmpty = typeof json === 'object' && json !== null && Object.keys(json).length === 0;
  return isEmpty ? null : json;
}

function namespaceOf(mode: string | undefined): string | undefined {
  return isNetwork(mode) || mode === 'private' || mode === 'default' ? undefined : mode;
}

/** A network by its name, and no mode. */
function isNetwork(mode: string | undefined): mode is string {
  return (
    mode !== undefined && !/^(?:host|none|bridge|default|private|shareable|)$|^(?:container|service|ns):/.test(mode)
  );
}

function mountOf({ kind, source, anonymous = false, target, readOnly }: Mount): string {
  return JSON.stringify([kind, anonymous ? undefined : source, target, readOnly]);
}

/** Nothing of a mount that has none. */
function optionsOf({ target, options, propagation, readOnlyNonRecursive = false }: Mount): string[] {
  const words = Object.entries(options).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const isPrivate = propagation === undefined || /^r?private$/.test(propagation);
  const said = [
    ...sorted(words),
    ...(isPrivate ? [] : [propagation]),
    ...(readOnlyNonRecursive ? ['writable below'] : []),
  ];
  return said.length === 0 ? [] : [JSON.stringify([target, said])];
}

function driverOf({ target, driver }: Mount): string[] {
  return driver === undefined ? [] : [JSON.stringify([target, driver])];
}

function sorted(texts: readonly string[]): string[] {
  return texts.toSorted();
}

/** The default by any of its names is nobody's choice. */
function profileOf(name: string | undefined): string | undefined {
  return name === undefined || /^(?:runtime\/?default|docker[-/]default|builtin)$/i.test(name) ? undefined : name;
}
