import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { rebasedChange } from './rebase.ts';

/**
 * The container with all changes. Each was made for the container as it is, and replaces whole lists: so only what it adds,
 * alters and takes away counts. Those that take mounts away come last, for what is gone cannot be altered.
 */
export function merged(container: ContainerSpec, changes: readonly SpecChange[]): ContainerSpec {
  const after = changes
    .toSorted((left, right) => (mountsLeft(left) === mountsLeft(right) ? 0 : mountsLeft(right) - mountsLeft(left)))
    .reduce(
      (all: ContainerSpec, change) => {
        return applySpecChange(all, rebasedChange(change, container, all) ?? change);
      },
      applySpecChange(container, {}),
    );
  const { drop } = after.capabilities;
  if (!drop.some(isAll)) return after;
  // With all of them dropped there is no more to say.
  const own = new Set(container.capabilities.drop);
  return applySpecChange(after, { capabilities: { drop: drop.filter((each) => isAll(each) || own.has(each)) } });
}

function isAll(capability: string): boolean {
  return normaliseCapability(capability) === 'ALL';
}

/** How many mounts a change leaves: all, where it does not speak of them. */
function mountsLeft({ mounts }: SpecChange): number {
  return mounts?.length ?? Number.POSITIVE_INFINITY;
}
