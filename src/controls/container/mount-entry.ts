import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { canonicalPath, isWithin, normalPath } from './host-path.ts';

/** A line of the kernel's mount table, with the evidence that it gives. */
export interface SeenEntry {
  readonly target: string;
  readonly options: readonly string[];
  readonly propagation: readonly string[];
  readonly evidence: Evidence;
}

/** The mount table of the container's first process; undefined where it could not be read or nothing runs. */
export function entriesOf({ effective }: ContainerSpec): SeenEntry[] | undefined {
  const table = effective?.mounts;
  if (!table?.known) return undefined;
  return table.value.map(({ target, options, propagation }) => ({
    target: normalPath(target),
    options,
    propagation,
    evidence: evidenceOf(table, [options.join(','), ...propagation].join(' '), `${table.path} ${target}`),
  }));
}

/**
 * What the kernel shows at a mount's target. Of several at one target the last lies on top. The kernel follows the
 * links of the image: in most of them `/var/run` is `/run`.
 */
export function entryAt(container: ContainerSpec, { target }: Mount): SeenEntry | undefined {
  const entries = entriesOf(container);
  return (
    entries?.findLast((entry) => entry.target === normalPath(target)) ??
    entries?.findLast((entry) => entry.target === canonicalPath(target))
  );
}

/** Whether a mount is read-only: as the kernel says, else as written. What is mounted below it is not asked. */
export function isReadOnly(container: ContainerSpec, mount: Mount): boolean {
  const entry = entryAt(container, mount);
  return entry ? entry.options.includes('ro') : mount.readOnly;
}

/** Places in every container that the engine itself fills. */
export const enginePlaces: readonly string[] = [
  '/.dockerenv',
  '/dev',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/mtab',
  '/etc/resolv.conf',
  '/proc',
  '/run/.containerenv',
  '/run/podman-init',
  '/run/secrets',
  '/sbin/docker-init',
  '/sys',
];

/** Whether the engine itself fills this place of a container. */
export function isEnginePlace(path: string): boolean {
  return enginePlaces.some((place) => isWithin(normalPath(path), place));
}
