import { attempt, isGap, fileGap } from '../../contents/file-reader.ts';
import type { UnreadableFact } from '../../model/fact.ts';
import { apkOwners } from './apk-owners.ts';
import { dpkgOwners } from './dpkg-owners.ts';
import type { OwnersReading, PackageOwner } from './package-owner.ts';
import { rpmOwners } from './rpm-owners.ts';

export interface OwnedPaths {
  /** By path; what is not in it belongs to no package, unless there are gaps. */
  readonly owners: ReadonlyMap<string, PackageOwner>;
  readonly gaps: readonly UnreadableFact[];
}

interface Manager {
  readonly place: string;
  /** `undefined` where the host does not have it. */
  readonly read: (root: string, paths: readonly string[]) => OwnersReading | undefined;
}

const managers: readonly Manager[] = [
  { place: 'var/lib/dpkg', read: dpkgOwners },
  { place: 'lib/apk/db', read: apkOwners },
  { place: 'var/lib/rpm', read: rpmOwners },
];

/** Folders in which no distribution's package may put anything. */
const ofNobody = /^\/(?:home|root|snap|usr\/local)\//;

/** The packages of the host that files belong to, by the databases of its package managers. */
export function packagesOwning(root: string, paths: readonly string[]): OwnedPaths {
  const owners = new Map<string, PackageOwner>();
  const gaps: UnreadableFact[] = [];
  for (const { place, read } of managers) {
    const open = paths.filter((path) => !owners.has(path) && !ofNobody.test(path));
    if (open.length === 0) break;
    const reading = attempt(place, 'plimsoll', () => read(root, open) ?? nothing);
    if (isGap(reading)) {
      gaps.push(reading);
      continue;
    }
    for (const [path, owner] of reading.owners) owners.set(path, owner);
    for (const { reason, need } of reading.gaps) gaps.push(fileGap(place, reason, need));
  }
  return { owners, gaps };
}

const nothing: OwnersReading = { owners: new Map(), gaps: [] };
