import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  type KeyPath,
  listIn,
  objectIn,
  valueAt,
} from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { composeService, composeVolumes } from '../dialects/compose.ts';
import { byteSize, restartPolicy } from '../dialects/engine-words.ts';
import { listChanges } from './list-change.ts';
import { mountChange } from './mount-change.ts';

/** Where one of the container's fields is written in the document; undefined: in another file, or nowhere. */
export type PathOf = (field: string) => KeyPath | undefined;

/**
 * A change of a container as fields of its Compose file. `service` is what is written at `base`; fields that a
 * service has no word for are left out, and the proof that follows every fix finds that out.
 */
export function composeChanges(
  container: ContainerSpec,
  change: SpecChange,
  base: KeyPath,
  service: JsonObject,
  pathOf: PathOf,
): FieldChange[] {
  const after = applySpecChange(container, change);
  return [
    ...plainFields(after, change, service),
    ...capabilityFields(change, service),
    ...securityFields(change, service),
    ...resourceFields(change, service),
    ...deviceFields(change, service),
    ...(change.mounts ? mountFields(container.mounts, after, service, pathOf) : []),
  ].map((field) => ('root' in field ? field.root : { ...field, path: [...base, ...field.path] }));
}

type Field = FieldChange | { readonly root: FieldChange };

const namespaceKeys = { pid: 'pid', ipc: 'ipc', uts: 'uts', user: 'userns_mode', cgroup: 'cgroup' } as const;

function plainFields(after: ContainerSpec, change: SpecChange, service: JsonObject): FieldChange[] {
  const rendered = composeService(after);
  const namespaces = Object.keys(change.namespaces ?? {}).flatMap((name) => {
    const key = namespaceKeys[name as keyof typeof namespaceKeys];
    return key ? [whole(key, rendered)] : [];
  });
  return [
    ...('privileged' in change ? [whole('privileged', rendered)] : []),
    ...('user' in change ? [whole('user', rendered)] : []),
    ...('readOnlyRoot' in change ? [whole('read_only', rendered)] : []),
    ...('cgroupParent' in change ? [whole('cgroup_parent', rendered)] : []),
    ...('restart' in change ? restartFields(after, service) : []),
    ...('ulimits' in change ? ulimitFields(after) : []),
    ...namespaces,
  ];
}

function whole(key: string, rendered: JsonObject): FieldChange {
  const value = rendered[key];
  return value === undefined ? { path: [key] } : { path: [key], value };
}

function restartFields(after: ContainerSpec, service: JsonObject): FieldChange[] {
  const policy = ['deploy', 'restart_policy'];
  if (isObject(valueAt(service, policy))) {
    const { maximumRetries } = after.restart;
    return [
      { path: [...policy, 'condition'], value: after.restart.name === 'on-failure' ? 'on-failure' : 'any' },
      ...(maximumRetries === undefined ? [] : [{ path: [...policy, 'max_attempts'], value: maximumRetries }]),
    ];
  }
  const value = restartPolicy(after.restart);
  return [value === undefined ? { path: ['restart'] } : { path: ['restart'], value }];
}

function ulimitFields(after: ContainerSpec): FieldChange[] {
  return after.ulimits.map(({ name, soft, hard }) => ({ path: ['ulimits', name], value: { soft, hard } }));
}

function capabilityFields({ capabilities }: SpecChange, service: JsonObject): FieldChange[] {
  if (!capabilities) return [];
  return (['add', 'drop'] as const).flatMap((direction) => {
    const wanted = capabilities[direction];
    if (!wanted) return [];
    const key = `cap_${direction}`;
    const written = listIn(service, key);
    const names = new Set(written.map((each) => normaliseCapability(String(each))));
    const kept = new Set(wanted.map(normaliseCapability));
    return listChanges(
      [key],
      written,
      (each) => kept.has(normaliseCapability(String(each))),
      wanted.filter((each) => !names.has(normaliseCapability(each))),
    );
  });
}

/** Options of `security_opt` that each change speaks about, and what takes their place. */
function securityFields(change: SpecChange, service: JsonObject): FieldChange[] {
  const { security } = change;
  const spoken: { readonly pattern: RegExp; readonly next: readonly string[] }[] = [];
  if (security && 'noNewPrivileges' in security) {
    const value = security.noNewPrivileges;
    const next = value === undefined || value === null ? [] : [`no-new-privileges:${value}`];
    spoken.push({ pattern: /^no-new-privileges(?:[:=]|$)/, next });
  }
  if (security && 'seccomp' in security)
    spoken.push({ pattern: /^seccomp[:=]/, next: optionOf('seccomp', security.seccomp) });
  if (security && 'appArmor' in security)
    spoken.push({ pattern: /^apparmor[:=]/, next: optionOf('apparmor', security.appArmor) });
  if (security && 'selinux' in security) {
    spoken.push({ pattern: /^label[:=]/, next: (security.selinux ?? []).map((label) => `label:${label}`) });
  }
  if ('maskedPaths' in change || 'readOnlyPaths' in change) {
    spoken.push({ pattern: /^systempaths[:=]unconfined$/, next: [] });
  }
  const written = listIn(service, 'security_opt');
  const replaced = (each: JsonValue) => spoken.some(({ pattern }) => pattern.test(String(each)));
  const next = spoken.flatMap((each) => each.next);
  const same = new Set(written.map((each) => String(each).replace('=', ':')));
  return listChanges(
    ['security_opt'],
    written,
    (each) => !replaced(each) || next.includes(String(each).replace('=', ':')),
    next.filter((each) => !same.has(each)),
  );
}

function optionOf(name: string, value: string | null | undefined): string[] {
  return value === null || value === undefined ? [] : [`${name}:${value}`];
}

/** Compose takes a limit in one of two places, and refuses two that differ. */
function resourceFields({ resources }: SpecChange, service: JsonObject): FieldChange[] {
  if (!resources) return [];
  const limits = ['deploy', 'resources', 'limits'];
  const deployed = isObject(valueAt(service, limits)) && !('mem_limit' in service) && !('cpus' in service);
  const { memory, memorySwap, cpus, pids, cpuset, blockIoWeight } = resources;
  const at = (old: string, key: string) => (deployed ? [...limits, key] : [old]);
  const fields: FieldChange[] = [];
  if (typeof memory === 'number') fields.push({ path: at('mem_limit', 'memory'), value: byteSize(memory) });
  if (typeof memorySwap === 'number') fields.push({ path: ['memswap_limit'], value: byteSize(memorySwap) });
  if (typeof cpus === 'number') fields.push({ path: at('cpus', 'cpus'), value: deployed ? String(cpus) : cpus });
  if (typeof pids === 'number') fields.push({ path: at('pids_limit', 'pids'), value: pids });
  if (typeof cpuset === 'string') fields.push({ path: ['cpuset'], value: cpuset });
  if (typeof blockIoWeight === 'number') fields.push({ path: ['blkio_config', 'weight'], value: blockIoWeight });
  return fields;
}

function deviceFields({ devices, deviceRules }: SpecChange, service: JsonObject): FieldChange[] {
  const sources = new Set((devices ?? []).map(({ source }) => source));
  const written = listIn(service, 'devices');
  const sourceOf = (each: JsonValue) => (isObject(each) ? each.source : String(each).split(':')[0]);
  return [
    ...(devices ? listChanges(['devices'], written, (each) => sources.has(String(sourceOf(each)))) : []),
    ...(deviceRules
      ? listChanges(['device_cgroup_rules'], listIn(service, 'device_cgroup_rules'), (each) =>
          deviceRules.includes(String(each)),
        )
      : []),
  ];
}

function mountFields(before: readonly Mount[], after: ContainerSpec, service: JsonObject, pathOf: PathOf): Field[] {
  const { removed, replaced, added } = mountChange(before, after.mounts);
  const rewrite = replaced.flatMap(({ index, mount }): Field[] => {
    const path = pathOf(`mounts[${index}]`);
    const entry = entryOf(after, mount);
    return path && entry ? [{ root: { path, value: entry.value } }, ...driverFields(after, mount)] : [];
  });
  const gone = removed.flatMap((index): Field[] => {
    const path = pathOf(`mounts[${index}]`);
    return path ? [{ root: { path } }] : [];
  });
  const appended = added.flatMap((mount, index): Field[] => {
    const entry = entryOf(after, mount);
    if (!entry) return [];
    // `tmpfs` may be a single text.
    const written = service[entry.key];
    const list = listIn(service, entry.key);
    if (typeof written === 'string') return [{ path: [entry.key], value: [written, entry.value] }];
    return [{ path: [entry.key, list.length + sameKeyBefore(after, added, index, entry.key)], value: entry.value }];
  });
  return [...rewrite, ...appended, ...gone, ...added.flatMap((mount) => driverFields(after, mount))];
}

function sameKeyBefore(after: ContainerSpec, added: readonly Mount[], index: number, key: string): number {
  return added.slice(0, index).filter((mount) => entryOf(after, mount)?.key === key).length;
}

/** The mount as an entry of `tmpfs` or of `volumes`. */
function entryOf(after: ContainerSpec, mount: Mount): { key: 'tmpfs' | 'volumes'; value: JsonValue } | undefined {
  const rendered = composeService({ ...after, mounts: [mount] });
  const key = mount.kind === 'tmpfs' ? 'tmpfs' : 'volumes';
  const [value] = listIn(rendered, key);
  return value === undefined ? undefined : { key, value };
}

/** A named volume must be declared for the whole file. */
function driverFields(after: ContainerSpec, mount: Mount): Field[] {
  return Object.entries(composeVolumes({ ...after, mounts: [mount] })).map(([name, value]) => ({
    root: { path: ['volumes', name], value: objectIn({ [name]: value }, name) },
  }));
}
