import type { ContainerSpec } from './container-spec.ts';

type Scalar = string | number | boolean | undefined;
type Change<T> = T extends Scalar
  ? T
  : T extends readonly unknown[]
    ? T
    : { readonly [K in keyof T]?: Change<T[K]> | null };

type Changeable = Omit<
  ContainerSpec,
  | 'id'
  | 'dialect'
  | 'effective'
  | 'changedPaths'
  | 'locate'
  | 'state'
  | 'stoppedSince'
  | 'owner'
  | 'origin'
  | 'unresolved'
>;

/**
 * A change to a container, in the model's own words. Objects are merged, lists are replaced, and `null` takes a
 * field away.
 */
export type SpecChange = { readonly [K in keyof Changeable]?: Change<Changeable[K]> | null };

/**
 * The container as it would be created with the change: on paper, so without anything that the kernel said of
 * the old one.
 */
export function applySpecChange(container: ContainerSpec, change: SpecChange): ContainerSpec {
  const { effective: _effective, ...paper } = container;
  const { processLabel: _processLabel, ...security } = paper.security;
  return merge({ ...paper, security, state: 'declared' }, change) as unknown as ContainerSpec;
}

function merge(target: object, change: object): Record<string, unknown> {
  const result: Record<string, unknown> = { ...target };
  for (const [key, value] of Object.entries(change) as [string, unknown][]) {
    const before = result[key];
    if (value === null) delete result[key];
    else if (value !== undefined)
      result[key] = isPlainObject(value) ? merge(isPlainObject(before) ? before : {}, value) : value;
  }
  return result;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Fields that a running container takes on without a restart (`docker update`). */
const liveFields = new Set([
  'resources.memory',
  'resources.memorySwap',
  'resources.memoryReservation',
  'resources.cpus',
  'resources.cpuShares',
  'resources.cpuset',
  'resources.memoryNodes',
  'resources.pids',
  'resources.blockIoWeight',
  'restart.name',
  'restart.maximumRetries',
]);

/** Whether every field of the change can be applied to a running container. */
export function isLiveChange(change: SpecChange): boolean {
  return Object.entries(change).every(
    ([group, value]) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.entries(value).every(([field, to]) => to !== null && liveFields.has(`${group}.${field}`)),
  );
}
