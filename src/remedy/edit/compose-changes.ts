import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, listIn, textIn, valueAt } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { composeService } from '../dialects/compose.ts';
import { byteSize, restartPolicy } from '../dialects/engine-words.ts';
import { composeMountChanges } from './compose-mounts.ts';
import { listChanges, scalarText } from './list-change.ts';
import type { ComposePlace } from './place.ts';

/**
 * A change of a container as fields of its Compose file. Fields that a service has no word for are left out, and the
 * proof that follows every fix finds that out.
 */
export function composeChanges(container: ContainerSpec, change: SpecChange, place: ComposePlace): FieldChange[] {
  const after = applySpecChange(container, change);
  const { base, service } = place;
  return [
    ...[
      ...plainFields(container, after, change, place),
      ...capabilityFields(change, service),
      ...securityFields(change, service),
      ...resourceFields(change, service),
      ...deviceFields(change, service),
      ...groupFields(change, service),
      ...sysctlFields(container, after, service),
    ].map((field) => ({ ...field, path: [...base, ...field.path] })),
    ...(change.mounts ? composeMountChanges(container, after, place) : []),
  ];
}

const namespaceKeys = {
  network: 'network_mode',
  pid: 'pid',
  ipc: 'ipc',
  uts: 'uts',
  user: 'userns_mode',
  cgroup: 'cgroup',
} as const;

function plainFields(
  before: ContainerSpec,
  after: ContainerSpec,
  change: SpecChange,
  place: ComposePlace,
): FieldChange[] {
  const rendered = composeService(after);
  const namespaces = Object.keys(change.namespaces ?? {}).map((name) =>
    whole(namespaceKeys[name as keyof typeof namespaceKeys], rendered),
  );
  return [
    ...('privileged' in change ? privilegedFields(before, after, place) : []),
    ...('user' in change ? [whole('user', rendered)] : []),
    ...('readOnlyRoot' in change ? [whole('read_only', rendered)] : []),
    ...('cgroupParent' in change ? [whole('cgroup_parent', rendered)] : []),
    ...('restart' in change ? restartFields(after, place.service) : []),
    ...('ulimits' in change ? ulimitFields(before, after) : []),
    ...namespaces,
  ];
}

function whole(key: string, rendered: JsonObject): FieldChange {
  const value = rendered[key];
  return value === undefined ? { path: [key] } : { path: [key], value };
}

/** Not privileged is what a service is unless it says so, or something that it takes over does. */
function privilegedFields(before: ContainerSpec, after: ContainerSpec, { base, service, pathOf }: ComposePlace) {
  const written = pathOf('privileged');
  const isOwn = written !== undefined && base.every((key, at) => written[at] === key);
  if (after.privileged) return [{ path: ['privileged'], value: true }];
  if (!isOwn && before.privileged) return [{ path: ['privileged'], value: false }];
  return 'privileged' in service ? [{ path: ['privileged'] }] : [];
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

/** One number says both where they are the same. */
function ulimitFields(before: ContainerSpec, after: ContainerSpec): FieldChange[] {
  const changed = after.ulimits.filter((limit) => {
    const old = before.ulimits.find(({ name }) => name === limit.name);
    return old?.soft !== limit.soft || old.hard !== limit.hard;
  });
  const gone = before.ulimits.filter(({ name }) => after.ulimits.every((limit) => limit.name !== name));
  return [
    ...changed.map(({ name, soft, hard }) => ({
      path: ['ulimits', name],
      value: soft === hard ? soft : { soft, hard },
    })),
    ...gone.map(({ name }) => ({ path: ['ulimits', name] })),
  ];
}

function capabilityFields({ capabilities }: SpecChange, service: JsonObject): FieldChange[] {
  if (!capabilities) return [];
  return (['add', 'drop'] as const).flatMap((direction) => {
    const wanted = capabilities[direction];
    if (!wanted) return [];
    const key = `cap_${direction}`;
    const written = listIn(service, key);
    const names = new Set(written.map((each) => normaliseCapability(scalarText(each))));
    const kept = new Set(wanted.map(normaliseCapability));
    return listChanges(
      [key],
      written,
      (each) => kept.has(normaliseCapability(scalarText(each))),
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
  const replaced = (each: JsonValue) => spoken.some(({ pattern }) => pattern.test(scalarText(each)));
  const next = spoken.flatMap((each) => each.next);
  const same = new Set(written.map((each) => scalarText(each).replace('=', ':')));
  return listChanges(
    ['security_opt'],
    written,
    (each) => !replaced(each) || next.includes(scalarText(each).replace('=', ':')),
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
  const { memory, memorySwap, cpus, pids, cpuset, blockIoWeight, oomKillDisable, oomScoreAdjust } = resources;
  const at = (old: string, key: string) => (deployed ? [...limits, key] : [old]);
  const fields: FieldChange[] = [];
  if (typeof memory === 'number') fields.push({ path: at('mem_limit', 'memory'), value: byteSize(memory) });
  if (typeof memorySwap === 'number') fields.push({ path: ['memswap_limit'], value: byteSize(memorySwap) });
  if (typeof cpus === 'number') fields.push({ path: at('cpus', 'cpus'), value: deployed ? String(cpus) : cpus });
  if (typeof pids === 'number') fields.push({ path: at('pids_limit', 'pids'), value: pids });
  if (typeof cpuset === 'string') fields.push({ path: ['cpuset'], value: cpuset });
  if (typeof blockIoWeight === 'number') fields.push({ path: ['blkio_config', 'weight'], value: blockIoWeight });
  if (oomKillDisable === null) fields.push({ path: ['oom_kill_disable'] });
  if (oomScoreAdjust === null) fields.push({ path: ['oom_score_adj'] });
  return fields;
}

function deviceFields({ devices, deviceRules }: SpecChange, service: JsonObject): FieldChange[] {
  const sources = new Set((devices ?? []).map(({ source }) => source));
  const written = listIn(service, 'devices');
  return [
    ...(devices ? listChanges(['devices'], written, (each) => sources.has(sourceOf(each))) : []),
    ...(deviceRules
      ? listChanges(['device_cgroup_rules'], listIn(service, 'device_cgroup_rules'), (each) =>
          deviceRules.includes(scalarText(each)),
        )
      : []),
  ];
}

function groupFields({ groups }: SpecChange, service: JsonObject): FieldChange[] {
  if (!groups) return [];
  const written = listIn(service, 'group_add');
  const names = new Set(written.map(scalarText));
  return listChanges(
    ['group_add'],
    written,
    (each) => groups.includes(scalarText(each)),
    groups.filter((each) => !names.has(each)),
  );
}

/** A mapping, or a list of `name=value`. */
function sysctlFields(before: ContainerSpec, after: ContainerSpec, service: JsonObject): FieldChange[] {
  const gone = Object.keys(before.sysctls).filter((name) => after.sysctls[name] === undefined);
  if (gone.length === 0) return [];
  const written = listIn(service, 'sysctls');
  if (written.length === 0) return gone.map((name) => ({ path: ['sysctls', name] }));
  return listChanges(['sysctls'], written, (each) => !gone.includes(scalarText(each).split('=')[0] ?? ''));
}

function sourceOf(device: JsonValue): string {
  return isObject(device) ? (textIn(device, 'source') ?? '') : (scalarText(device).split(':')[0] ?? '');
}
