import { isDeepStrictEqual } from 'node:util';
import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';

/** Whether two containers on paper say the same, wherever it is written. Values of variables count. */
export function isSameSpec(one: ContainerSpec, other: ContainerSpec): boolean {
  return isDeepStrictEqual(comparable(one), comparable(other));
}

/** Whether a change would change nothing. */
export function holds(container: ContainerSpec, change: SpecChange): boolean {
  return isSameSpec(applySpecChange(container, {}), applySpecChange(container, change));
}

/** The fields that a change speaks of: `resources.memory`, `mounts`. */
export function fieldsOf(change: SpecChange): string[] {
  return Object.entries(change).flatMap(([group, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((field) => `${group}.${field}`)
      : [group],
  );
}

/** Where a container was read, and who owns it, is nothing that it says itself. */
const aside: ReadonlySet<string> = new Set(['locate', 'origin', 'owner', 'unresolved']);

function comparable(container: ContainerSpec): unknown {
  const { capabilities, environment, groups, mounts, ulimits } = container;
  return plain({
    ...Object.fromEntries(Object.entries(container).filter(([field]) => !aside.has(field))),
    capabilities: {
      add: capabilities.add.map(normaliseCapability).toSorted(),
      drop: capabilities.drop.map(normaliseCapability).toSorted(),
    },
    environment: environment.map(({ name, value }) => [name, value.reveal()]),
    groups: groups.toSorted(),
    mounts: sortedBy(mounts, ({ target }) => target),
    ulimits: sortedBy(ulimits, ({ name }) => name),
  });
}

function sortedBy<T>(list: readonly T[], keyOf: (each: T) => string): T[] {
  return list.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** Without what is undefined: a field that is absent and one that is undefined say the same. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
