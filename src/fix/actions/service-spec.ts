import { isDeepStrictEqual } from 'node:util';
import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { containerFromCreateRequest } from '../../sources/engine/container.ts';
import { rebasedChange } from './rebase.ts';
import { fieldsOf } from './same-spec.ts';

/** A service's specification after a change, or the fields of the change that a service has no word for. */
export type ServiceChange = { readonly spec: JsonObject } | { readonly unsaid: readonly string[] };

/** Fields that a service can say, and the API's version (1.x) that knows them first. */
const sayable: Readonly<Record<string, number>> = {
  user: 25,
  groups: 25,
  readOnlyRoot: 28,
  mounts: 25,
  ulimits: 41,
  'capabilities.add': 41,
  'capabilities.drop': 41,
  'resources.memory': 25,
  'resources.memoryReservation': 25,
  'resources.cpus': 25,
  'resources.pids': 41,
  'restart.name': 25,
  'restart.maximumRetries': 25,
};
const firstWithSysctls = 40;

/**
 * A live container's change in the words of `POST /services/{id}/update`. What the engine is not told of it silently leaves
 * out, so that a field that it does not know is never sent.
 *
 * @param api the second number of the API's version
 */
export function changedService(spec: JsonObject, live: ContainerSpec, change: SpecChange, api: number): ServiceChange {
  const written = taskContainer(spec);
  const rebased = rebasedChange(withoutUsualSwap(change), live, written);
  if (!rebased) return { unsaid: ['mounts'] };
  const unsaid = fieldsOf(rebased).filter((field) => api < firstVersionOf(field));
  if (unsaid.length > 0) return { unsaid };
  const after = applySpecChange(written, rebased);
  const mounts = rebased.mounts ? mountsOf(spec, written.mounts, after.mounts) : [];
  if (mounts === undefined) return { unsaid: ['mounts'] };
  const task = objectIn(spec, 'TaskTemplate');
  const container = {
    ...('user' in rebased ? { User: after.user } : {}),
    ...('readOnlyRoot' in rebased ? { ReadOnly: after.readOnlyRoot } : {}),
    ...(rebased.groups ? { Groups: after.groups } : {}),
    ...(rebased.capabilities?.add ? { CapabilityAdd: capabilityList(after.capabilities.add) } : {}),
    ...(rebased.capabilities?.drop ? { CapabilityDrop: capabilityList(after.capabilities.drop) } : {}),
    ...(rebased.sysctls ? { Sysctls: after.sysctls } : {}),
    ...(rebased.ulimits
      ? { Ulimits: after.ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })) }
      : {}),
    ...(rebased.mounts ? { Mounts: mounts } : {}),
  };
  return {
    spec: {
      ...spec,
      TaskTemplate: {
        ...task,
        ContainerSpec: { ...objectIn(task, 'ContainerSpec'), ...container },
        ...(rebased.resources ? { Resources: resourcesOf(task, rebased) } : {}),
        ...(rebased.restart ? { RestartPolicy: restartOf(task, rebased) } : {}),
      },
    },
  };
}

function firstVersionOf(field: string): number {
  if (field.startsWith('sysctls.')) return firstWithSysctls;
  return Object.hasOwn(sayable, field) ? (sayable[field] ?? Infinity) : Infinity;
}

/** What the service says of its containers, in the words of a create request. */
function taskContainer(spec: JsonObject): ContainerSpec {
  const said = objectIn(objectIn(spec, 'TaskTemplate'), 'ContainerSpec');
  return containerFromCreateRequest({
    Image: said['Image'],
    User: said['User'],
    HostConfig: {
      CapAdd: said['CapabilityAdd'],
      CapDrop: said['CapabilityDrop'],
      GroupAdd: said['Groups'],
      ReadonlyRootfs: said['ReadOnly'],
      Sysctls: said['Sysctls'],
      Ulimits: said['Ulimits'],
      Mounts: said['Mounts'],
    },
  });
}

/** As much swap as memory is what the engine gives a task with a limit, and a service cannot say it. */
function withoutUsualSwap(change: SpecChange): SpecChange {
  const { memory, memorySwap, ...others } = change.resources ?? {};
  if (typeof memory !== 'number' || memorySwap !== 2 * memory) return change;
  return { ...change, resources: { ...others, memory } };
}

/** The engine's client writes them so. */
function capabilityList(names: readonly string[]): string[] {
  return names.map(normaliseCapability).map((name) => (name === 'ALL' ? name : `CAP_${name}`));
}

function resourcesOf(task: JsonObject, { resources }: SpecChange): JsonObject {
  const before = objectIn(task, 'Resources');
  const { memory, cpus, pids, memoryReservation } = resources ?? {};
  const limits = {
    ...(typeof memory === 'number' ? { MemoryBytes: memory } : {}),
    ...(typeof cpus === 'number' ? { NanoCPUs: Math.round(cpus * 1e9) } : {}),
    ...(typeof pids === 'number' ? { Pids: pids } : {}),
  };
  const reserved = typeof memoryReservation === 'number' ? { MemoryBytes: memoryReservation } : undefined;
  return {
    ...before,
    Limits: { ...objectIn(before, 'Limits'), ...limits },
    ...(reserved ? { Reservations: { ...objectIn(before, 'Reservations'), ...reserved } } : {}),
  };
}

const conditions = { no: 'none', 'on-failure': 'on-failure', always: 'any', 'unless-stopped': 'any' } as const;

function restartOf(task: JsonObject, { restart }: SpecChange): JsonObject {
  const { name, maximumRetries } = restart ?? {};
  return {
    ...objectIn(task, 'RestartPolicy'),
    ...(name ? { Condition: conditions[name] } : {}),
    ...(typeof maximumRetries === 'number' ? { MaxAttempts: maximumRetries } : {}),
  };
}

/** The service's own entries, as far as it can say what changes about them. */
function mountsOf(spec: JsonObject, before: readonly Mount[], after: readonly Mount[]): JsonValue[] | undefined {
  const entries = listIn(objectIn(objectIn(spec, 'TaskTemplate'), 'ContainerSpec'), 'Mounts');
  const wanted = after.map((mount): JsonValue | undefined => {
    const old = before.find(({ target }) => target === mount.target);
    if (!old) return newTmpfs(mount);
    const entry = entries.find((each) => textIn(each, 'Target') === mount.target);
    return isObject(entry) ? changedMount(entry, old, mount) : undefined;
  });
  return wanted.every((each) => each !== undefined) ? wanted : undefined;
}

function changedMount(entry: JsonObject, old: Mount, mount: Mount): JsonObject | undefined {
  const { readOnly: wasReadOnly, propagation: before, ...others } = old;
  const { readOnly, propagation, ...same } = mount;
  if (!isDeepStrictEqual(others, same)) return undefined;
  return {
    ...entry,
    ...(readOnly === wasReadOnly ? {} : { ReadOnly: readOnly }),
    ...(propagation === before || propagation === undefined
      ? {}
      : { BindOptions: { ...objectIn(entry, 'BindOptions'), Propagation: propagation } }),
  };
}

/** What the engine gives a tmpfs of a service unasked. */
const tmpfsDefaults = new Set(['nosuid', 'nodev', 'noexec']);

function newTmpfs({ kind, target, readOnly, options }: Mount): JsonObject | undefined {
  const isPlain = Object.keys(options).every((name) => tmpfsDefaults.has(name));
  if (kind !== 'tmpfs' || !isPlain) return undefined;
  return { Type: 'tmpfs', Target: target, ...(readOnly ? { ReadOnly: true } : {}) };
}
