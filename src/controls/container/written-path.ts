import type { ContainerSpec } from '../../model/container-spec.ts';
import { canonicalPath, isWithin, normalPath } from './host-path.ts';
import { enginePlaces, entriesOf, isEnginePlace } from './mount-entry.ts';

/**
 * The changed paths that the container itself wrote outside its mounts: the deepest of each branch, in order. Mount
 * points, the directories above them and what the engine makes are listed as changes too, and are left out.
 */
export function writtenPaths(container: ContainerSpec, changed: readonly string[]): string[] {
  const mounts = [
    ...container.mounts.flatMap(({ target }) => [normalPath(target), canonicalPath(target)]),
    ...(entriesOf(container) ?? []).map(({ target }) => target).filter((target) => target !== '/'),
  ];
  const paths = [...new Set(changed.map(normalPath))];
  const own = paths.filter(
    (path) =>
      !isEnginePlace(path) &&
      !mounts.some((mount) => isWithin(path, mount)) &&
      ![...mounts, ...enginePlaces].some((place) => isWithin(place, path)),
  );
  return own.filter((path) => !own.some((other) => other !== path && isWithin(other, path))).toSorted();
}
