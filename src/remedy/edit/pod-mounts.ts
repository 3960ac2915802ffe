import { isDeepStrictEqual } from 'node:util';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import { containerLists } from '../../model/kubernetes.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { podContainer } from '../dialects/pod.ts';
import { mountChange } from './mount-change.ts';
import type { PodPlace } from './place.ts';

/**
 * What changes about the mounts of a container: entries of its own, and volumes of its pod, which the pod's other
 * containers may use as well.
 */
export function podMountChanges(before: readonly Mount[], after: ContainerSpec, place: PodPlace): FieldChange[] {
  const { removed, replaced, added } = mountChange(before, after.mounts);
  const entries = listIn(place.container, 'volumeMounts');
  const indexOf = (mount: Mount | undefined) =>
    entries.findIndex((each) => isObject(each) && each.mountPath === mount?.target);
  const at = (index: number): KeyPath => [...place.path, 'volumeMounts', index];
  const gone = removed.map((index) => indexOf(before[index])).filter((index) => index !== -1);
  const names = gone.map((index) => textIn(entries[index], 'name') ?? '');
  const volumes = listIn(objectIn(place.pod, 'spec'), 'volumes');
  const rendered = renamed(podContainer({ ...after, mounts: added }), place);
  return [
    ...replaced.flatMap(({ index, mount }) => {
      const entry = indexOf(before[index]);
      return entry === -1 ? [] : rewritten(at(entry), before[index], mount);
    }),
    ...rendered.map(({ mount }, index) => ({ path: at(entries.length + index), value: mount })),
    ...rendered.map(({ volume }, index) => ({
      path: [...place.podPath, 'spec', 'volumes', volumes.length + index],
      value: volume,
    })),
    ...gone.map((index) => ({ path: at(index) })),
    ...unusedVolumes(place, names).map((index) => ({ path: [...place.podPath, 'spec', 'volumes', index] })),
  ];
}

interface NewVolume {
  readonly mount: JsonObject;
  readonly volume: JsonObject;
}

/** Volumes of a pod have one name each: where another container has one of the same name already, its own is in front. */
function renamed({ container, pod }: ReturnType<typeof podContainer>, place: PodPlace): NewVolume[] {
  const spec = objectIn(place.pod, 'spec');
  const taken = new Set(listIn(spec, 'volumes').map((volume) => textIn(volume, 'name')));
  const owner = textIn(place.container, 'name') ?? '';
  const volumes = listIn(pod, 'volumes').filter(isObject);
  return listIn(container, 'volumeMounts')
    .filter(isObject)
    .flatMap((mount, index): NewVolume[] => {
      const volume = volumes[index];
      if (!volume) return [];
      const wish = textIn(volume, 'name') ?? 'volume';
      const name = freeName(wish, owner, taken);
      taken.add(name);
      return [{ mount: { ...mount, name }, volume: { ...volume, name } }];
    });
}

function freeName(wish: string, owner: string, taken: ReadonlySet<string | undefined>): string {
  if (!taken.has(wish)) return wish;
  const own = owner === '' ? wish : `${owner}-${wish}`.slice(0, 60).replace(/-+$/, '');
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? own : `${own}-${count}`;
    if (!taken.has(name)) return name;
  }
}

/** What can change about a mount that stays: whether it may be written, and how far it spreads. */
function rewritten(path: KeyPath, old: Mount | undefined, mount: Mount): FieldChange[] {
  const isPrivate = /^r?private$/.test(mount.propagation ?? '');
  return [
    ...(mount.readOnly && !old?.readOnly ? [{ path: [...path, 'readOnly'], value: true }] : []),
    ...(old?.readOnlyNonRecursive && !mount.readOnlyNonRecursive ? [{ path: [...path, 'recursiveReadOnly'] }] : []),
    ...(isPrivate && old?.propagation !== mount.propagation ? [{ path: [...path, 'mountPropagation'] }] : []),
  ];
}

/** Volumes of these names that no other container of the pod mounts. */
function unusedVolumes({ pod, path, podPath }: PodPlace, names: readonly string[]): number[] {
  const spec = objectIn(pod, 'spec');
  const own = path.slice(podPath.length + 1);
  const others = containerLists.flatMap((list) =>
    listIn(spec, list).filter((_, index) => !isDeepStrictEqual([list, index], own)),
  );
  const used = new Set(others.flatMap(volumeNames));
  return listIn(spec, 'volumes').flatMap((volume, index) => {
    const name = textIn(volume, 'name') ?? '';
    return names.includes(name) && !used.has(name) ? [index] : [];
  });
}

function volumeNames(container: JsonValue): (string | undefined)[] {
  return [...listIn(container, 'volumeMounts'), ...listIn(container, 'volumeDevices')].map((each) =>
    textIn(each, 'name'),
  );
}
