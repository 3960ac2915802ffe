import { isDeepStrictEqual } from 'node:util';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { isObject, type JsonValue, type KeyPath, listIn, objectIn, valueAt } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { composeService } from '../dialects/compose.ts';
import type { ComposePlace } from './place.ts';
import { mountChange } from './mount-change.ts';
import { shortTmpfs, shortVolume } from './mount-notation.ts';

/** What changes about the mounts of a service, as fields of the whole document. */
export function composeMountChanges(before: ContainerSpec, after: ContainerSpec, place: ComposePlace): FieldChange[] {
  const { removed, replaced, added } = mountChange(before.mounts, after.mounts);
  const { base, service } = place;
  const rewritten = replaced.flatMap(({ index, mount }) => {
    const old = before.mounts[index];
    const path = ownPath(place, index);
    return old && path ? [...entryChanges(path, old, mount, after, place), ...volumeChanges(old, mount, place)] : [];
  });
  const appended = (['tmpfs', 'volumes'] as const).flatMap((key): FieldChange[] => {
    const entries = added
      .filter(({ kind }) => (kind === 'tmpfs') === (key === 'tmpfs'))
      .flatMap((mount) => entryOf(after, mount));
    const written = service[key];
    // `tmpfs` may be a single text.
    if (typeof written === 'string' && entries.length > 0) {
      return [{ path: [...base, key], value: [written, ...entries] }];
    }
    const { length } = listIn(service, key);
    return entries.map((value, index) => ({ path: [...base, key, length + index], value }));
  });
  const gone = removed.flatMap((index): FieldChange[] => {
    const path = ownPath(place, index);
    return path ? [{ path }] : [];
  });
  return [...rewritten, ...appended, ...gone, ...added.flatMap((mount) => volumeChanges(undefined, mount, place))];
}

/** Where a mount stands in the service: what an anchor or another service gave it is taken for its own. */
function ownPath({ base, service, document, pathOf }: ComposePlace, index: number): KeyPath | undefined {
  const path = pathOf(`mounts[${index}]`);
  if (!path) return undefined;
  if (base.every((key, at) => path[at] === key)) return path;
  const inside = path.slice(typeof path.at(-1) === 'number' ? -2 : -1);
  return isDeepStrictEqual(valueAt(service, inside), valueAt(document, path)) ? [...base, ...inside] : undefined;
}

/** The entry in the notation that it has. */
function entryChanges(
  path: KeyPath,
  old: Mount,
  mount: Mount,
  container: ContainerSpec,
  { document }: ComposePlace,
): FieldChange[] {
  const written = valueAt(document, path);
  if (typeof written === 'string') {
    // A volume's driver and its options stand where it is declared.
    const said = mount.kind === 'volume' ? { ...old, driver: mount.driver, options: mount.options } : old;
    const value =
      (mount.kind === 'tmpfs' ? shortTmpfs : shortVolume)(written, said, mount) ?? entryOf(container, mount)[0];
    return value === undefined || value === written ? [] : [{ path, value }];
  }
  if (!isObject(written)) return [];
  const isNamed = old.anonymous === true && mount.anonymous !== true && mount.source !== undefined;
  return [
    ...(isNamed ? [{ path: [...path, 'source'], value: mount.source }] : []),
    ...(mount.readOnly && !old.readOnly ? [{ path: [...path, 'read_only'], value: true }] : []),
    ...(old.readOnlyNonRecursive && !mount.readOnlyNonRecursive ? [{ path: [...path, 'bind', 'recursive'] }] : []),
    ...(old.propagation === mount.propagation ? [] : [propagationChange(path, mount)]),
  ];
}

function propagationChange(path: KeyPath, { propagation }: Mount): FieldChange {
  const field = [...path, 'bind', 'propagation'];
  return propagation === undefined ? { path: field } : { path: field, value: propagation };
}

/** The mount as an entry of `tmpfs` or of `volumes`. */
function entryOf(container: ContainerSpec, mount: Mount): JsonValue[] {
  const rendered = composeService({ ...container, mounts: [mount] });
  return [...listIn(rendered, mount.kind === 'tmpfs' ? 'tmpfs' : 'volumes')];
}

/** A volume with a name must be declared for the whole file, which is also where its driver's options stand. */
function volumeChanges(old: Mount | undefined, mount: Mount, { document }: ComposePlace): FieldChange[] {
  const { kind, source, anonymous } = mount;
  if (kind !== 'volume' || source === undefined || anonymous) return [];
  const path = ['volumes', source];
  const isDeclared = Object.hasOwn(objectIn(document, 'volumes'), source);
  const options = Object.entries(mount.options).filter(
    ([name, value]) => name !== 'nocopy' && name !== 'subpath' && old?.options[name] !== value,
  );
  if (!isDeclared) {
    const driver = mount.driver === undefined ? {} : { driver: mount.driver };
    const all = options.length > 0 ? { driver_opts: Object.fromEntries(options) } : {};
    return [{ path, value: { ...driver, ...all } }];
  }
  return options.map(([name, value]) => ({ path: [...path, 'driver_opts', name], value }));
}
