import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ContainerSpec, Mount, SecurityOptions } from '../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../model/json.ts';

/** Fields of the model that `hardenedBody` can put in the API's words. */
export const hardenedFields: readonly string[] = [
  'image.reference',
  'user',
  'groups',
  'privileged',
  'readOnlyRoot',
  'mounts',
  'runtime',
  'cgroupParent',
  'capabilities.add',
  'capabilities.drop',
  'devices',
  'deviceRules',
  'deviceRequests',
  'ulimits',
  'security.noNewPrivileges',
  'security.seccomp',
  'security.appArmor',
  'security.selinux',
  'namespaces.pid',
  'namespaces.ipc',
  'namespaces.uts',
  'namespaces.user',
  'namespaces.cgroup',
  'maskedPaths',
  'readOnlyPaths',
  'restart.name',
  'restart.maximumRetries',
  'resources.memory',
  'resources.memorySwap',
  'resources.memoryReservation',
  'resources.oomKillDisable',
  'resources.oomScoreAdjust',
  'resources.cpus',
  'resources.cpuShares',
  'resources.cpuset',
  'resources.memoryNodes',
  'resources.pids',
  'resources.blockIoWeight',
];

/** A group of fields as it stands in the body, where it is to be changed. */
type Writer = (after: ContainerSpec, host: JsonObject) => JsonObject;

/** What `HostConfig` says of a part of the model. */
const writers: readonly (readonly [(container: ContainerSpec) => unknown, Writer])[] = [
  [({ groups }) => groups, ({ groups }) => ({ GroupAdd: groups })],
  // Without lists of paths the engine takes its own, which a privileged container has not.
  [
    ({ privileged }) => privileged,
    ({ privileged }) => ({ Privileged: privileged, MaskedPaths: null, ReadonlyPaths: null }),
  ],
  [({ readOnlyRoot }) => readOnlyRoot, ({ readOnlyRoot }) => ({ ReadonlyRootfs: readOnlyRoot })],
  [({ runtime }) => runtime, ({ runtime }) => ({ Runtime: runtime ?? '' })],
  [({ cgroupParent }) => cgroupParent, ({ cgroupParent }) => ({ CgroupParent: cgroupParent ?? '' })],
  [({ capabilities }) => capabilities.add, ({ capabilities }) => ({ CapAdd: capabilities.add })],
  [({ capabilities }) => capabilities.drop, ({ capabilities }) => ({ CapDrop: capabilities.drop })],
  [({ deviceRules }) => deviceRules, ({ deviceRules }) => ({ DeviceCgroupRules: deviceRules })],
  [
    ({ devices }) => devices,
    ({ devices }) => ({
      Devices: devices.map(({ source, target, permissions }) => ({
        PathOnHost: source,
        PathInContainer: target,
        CgroupPermissions: permissions,
      })),
    }),
  ],
  [
    ({ ulimits }) => ulimits,
    ({ ulimits }) => ({ Ulimits: ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })) }),
  ],
  [({ sysctls }) => sysctls, ({ sysctls }) => ({ Sysctls: sysctls })],
  [({ namespaces }) => namespaces.pid, ({ namespaces }) => ({ PidMode: namespaces.pid ?? '' })],
  [({ namespaces }) => namespaces.ipc, ({ namespaces }) => ({ IpcMode: namespaces.ipc ?? '' })],
  [({ namespaces }) => namespaces.uts, ({ namespaces }) => ({ UTSMode: namespaces.uts ?? '' })],
  [({ namespaces }) => namespaces.user, ({ namespaces }) => ({ UsernsMode: namespaces.user ?? '' })],
  [({ namespaces }) => namespaces.cgroup, ({ namespaces }) => ({ CgroupnsMode: namespaces.cgroup ?? '' })],
  [({ maskedPaths }) => maskedPaths, ({ maskedPaths }) => ({ MaskedPaths: maskedPaths ?? null })],
  [({ readOnlyPaths }) => readOnlyPaths, ({ readOnlyPaths }) => ({ ReadonlyPaths: readOnlyPaths ?? null })],
  [
    ({ restart }) => restart,
    ({ restart }) => ({
      RestartPolicy: { Name: restart.name ?? 'no', MaximumRetryCount: restart.maximumRetries ?? 0 },
    }),
  ],
  [({ security }) => written(security), ({ security }, host) => ({ SecurityOpt: securityOptions(security, host) })],
  [
    ({ resources }) => resources.memoryReservation,
    ({ resources }) => ({ MemoryReservation: resources.memoryReservation ?? 0 }),
  ],
  [
    ({ resources }) => resources.oomKillDisable,
    ({ resources }) => ({ OomKillDisable: resources.oomKillDisable ?? false }),
  ],
  [({ resources }) => resources.oomScoreAdjust, ({ resources }) => ({ OomScoreAdj: resources.oomScoreAdjust ?? 0 })],
  [
    ({ resources }) => resources.cpus,
    // Quota and period say the same thing, and not both may.
    ({ resources }) => ({ NanoCpus: Math.round((resources.cpus ?? 0) * 1e9), CpuQuota: 0, CpuPeriod: 0 }),
  ],
  [({ resources }) => resources.cpuShares, ({ resources }) => ({ CpuShares: resources.cpuShares ?? 0 })],
  [({ resources }) => resources.cpuset, ({ resources }) => ({ CpusetCpus: resources.cpuset ?? '' })],
  [({ resources }) => resources.memoryNodes, ({ resources }) => ({ CpusetMems: resources.memoryNodes ?? '' })],
  [({ resources }) => resources.pids, ({ resources }) => ({ PidsLimit: resources.pids ?? 0 })],
  [({ resources }) => resources.blockIoWeight, ({ resources }) => ({ BlkioWeight: resources.blockIoWeight ?? 0 })],
  [
    ({ resources }) => [resources.memory, resources.memorySwap],
    ({ resources: { memory = 0, memorySwap = 0 } }) => ({
      Memory: memory,
      // Both together may not be less than the one.
      MemorySwap: memorySwap > 0 && memorySwap < memory ? memory : memorySwap,
    }),
  ],
];

/**
 * The body of `POST /containers/create` with every field that differs between the two specifications: fields that are
 * the same stay as the engine told them, also those that the model has no word for.
 */
export function hardenedBody(body: JsonObject, before: ContainerSpec, after: ContainerSpec): JsonObject {
  const host = objectIn(body, 'HostConfig');
  const changes = writers
    .filter(([read]) => !isDeepStrictEqual(read(before), read(after)))
    .map(([, write]) => write(after, host));
  const requests = keptRequests(host, before, after);
  return {
    ...body,
    ...(before.user === after.user ? {} : { User: after.user ?? '' }),
    ...(before.image.reference === after.image.reference ? {} : { Image: after.image.reference }),
    HostConfig: Object.assign({}, host, requests, ...changes, mountsChanged(host, before, after)) as JsonObject,
  };
}

function written({ noNewPrivileges, seccomp, appArmor, selinux }: SecurityOptions) {
  return { noNewPrivileges, seccomp, appArmor, selinux };
}

/** Options of other kinds stay. */
function securityOptions(security: SecurityOptions, host: JsonObject): JsonValue {
  const others = listIn(host, 'SecurityOpt').filter(
    (each) => typeof each === 'string' && !/^(?:no-new-privileges|seccomp|apparmor|label|disable)(?:[=:]|$)/.test(each),
  );
  const { noNewPrivileges, seccomp, appArmor, selinux } = security;
  // The profile that the engine applied unasked is in the model, too.
  const asked = appArmor === 'docker-default' ? undefined : appArmor;
  return [
    ...others,
    ...(noNewPrivileges === undefined ? [] : [`no-new-privileges=${noNewPrivileges}`]),
    ...(seccomp === undefined ? [] : [`seccomp=${seccomp}`]),
    ...(asked === undefined ? [] : [`apparmor=${asked}`]),
    ...selinux.map((each) => `label=${each}`),
  ];
}

/** Requests to device drivers say more than the model knows: those that stay are taken as they are. */
function keptRequests(host: JsonObject, before: ContainerSpec, after: ContainerSpec): JsonObject {
  if (isDeepStrictEqual(before.deviceRequests, after.deviceRequests)) return {};
  const kept = listIn(host, 'DeviceRequests').filter((_, index) =>
    after.deviceRequests.includes(before.deviceRequests[index] ?? ''),
  );
  return { DeviceRequests: kept };
}

function mountsChanged(host: JsonObject, before: ContainerSpec, after: ContainerSpec): JsonObject {
  if (isDeepStrictEqual(before.mounts, after.mounts)) return {};
  const old = new Map(before.mounts.map((mount) => [cleanPath(mount.target), mount]));
  const next = new Map(after.mounts.map((mount) => [cleanPath(mount.target), mount]));
  const isGone = (target: string) => old.has(target) && !next.has(target);
  const changeOf = (target: string) => {
    const mount = next.get(target);
    return mount !== undefined && !isDeepStrictEqual(mount, old.get(target)) ? mount : undefined;
  };
  const stays = (target = '') => !isGone(cleanPath(target)) && changeOf(cleanPath(target)) === undefined;
  const bound = textsIn(host, 'Binds').filter((bind) => !isGone(targetOf(bind)));
  const bindTargets = new Set(bound.map(targetOf));
  const changed = [...next.keys()]
    .filter((target) => !bindTargets.has(target))
    .flatMap((target) => changeOf(target) ?? []);
  const mounts = listIn(host, 'Mounts');
  return {
    Binds: bound.map((bind) => {
      const change = changeOf(targetOf(bind));
      return change === undefined ? bind : bindWith(bind, change);
    }),
    Mounts: [
      ...mounts.filter((each) => stays(textIn(each, 'Target'))),
      ...changed.filter(({ kind }) => kind !== 'tmpfs').map((mount) => mountRequest(mount, mounts)),
    ],
    Tmpfs: Object.fromEntries([
      ...Object.entries(objectIn(host, 'Tmpfs')).filter(([target]) => stays(target)),
      ...changed.filter(({ kind }) => kind === 'tmpfs').map((mount) => [mount.target, temporaryWords(mount)]),
    ]) as JsonObject,
    // What came from another container is among the mounts by now, and must not come back from there.
    ...([...old.keys()].some(isGone) ? { VolumesFrom: [] } : {}),
  };
}

/** `source:target[:options]` with other options; those that the model has no word for (`z`) stay. */
function bindWith(bind: string, { readOnly, propagation }: Mount): string {
  const [source = '', target = '', options = ''] = bind.split(':');
  const kept = options.split(',').filter((word) => word !== '' && !/^(?:r[ow]|r?(?:shared|slave|private))$/.test(word));
  const words = [...(readOnly ? ['ro'] : []), ...kept, ...(propagation ? [propagation] : [])];
  return [source, target, ...(words.length > 0 ? [words.join(',')] : [])].join(':');
}

function targetOf(bind: string): string {
  return cleanPath(bind.split(':')[1] ?? '');
}

/** Where a path ends does not count. */
function cleanPath(path: string): string {
  return posix.normalize(`${path}/`);
}

function textsIn(value: JsonValue, key: string): string[] {
  return listIn(value, key).filter((each) => typeof each === 'string');
}

function mountRequest(
  { kind, source, target, readOnly, propagation }: Mount,
  mounts: readonly JsonValue[],
): JsonObject {
  const old = mounts.find((each) => textIn(each, 'Target') === target);
  const asked = isObject(old) ? old : {};
  return {
    ...asked,
    Type: kind,
    Source: source ?? '',
    Target: target,
    ReadOnly: readOnly,
    ...(kind === 'bind' && propagation
      ? { BindOptions: { ...objectIn(asked, 'BindOptions'), Propagation: propagation } }
      : {}),
  };
}

function temporaryWords({ options, readOnly }: Mount): string {
  const words = Object.entries(options).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  return [...(readOnly && !words.includes('ro') ? ['ro'] : []), ...words].join(',');
}
