import type { VersionOrdering } from '../versions/ordering.ts';
import type { AdvisoryEntry } from './entry.ts';

/** What a build for a minor release, or for a module of one, has in its release: `el8_6`, `module_el8.6.0`. */
const stamp = /(?:module[_+])?el\d{1,3}[._]\d{1,3}(?:\.\d{1,3})?/;

/**
 * Of one advisory about an rpm the entry that concerns this version. AlmaLinux builds a repair once for each minor release, and its record names
 * all of them: `1:10.24.0-1.module_el8.5.0+81+7dbe79d3`, `1:10.24.0-1.module_el8.3.0+2047+b07ac28e`. Who has one has the repair, though the
 * other is newer by its version. The one for the same minor release counts; where there is none, the oldest.
 */
export function ownBuilds<Version>(
  entries: readonly AdvisoryEntry[],
  version: string,
  ordering: VersionOrdering<Version>,
): readonly AdvisoryEntry[] {
  if (ordering.id !== 'rpm' || entries.length < 2) return entries;
  const groups = Map.groupBy(entries, ({ advisory, module = '' }) => `${advisory} ${module}`);
  return [...groups.values()].flatMap((group) =>
    group.length > 1 && group.every(isOneRepair) ? [ownBuild(group, version, ordering)] : group,
  );
}

function isOneRepair({ ranges: [range, ...others], versions }: AdvisoryEntry): boolean {
  return range?.fixed !== undefined && range.introduced === undefined && others.length === 0 && versions.length === 0;
}

function ownBuild<Version>(
  group: readonly AdvisoryEntry[],
  version: string,
  { parse, compare }: VersionOrdering<Version>,
): AdvisoryEntry {
  const own = stamp.exec(version)?.[0];
  const same = group.filter((each) => stamp.exec(fixedIn(each))?.[0] === own);
  const [first, ...others] = own !== undefined && same.length > 0 ? same : group;
  let oldest = first as AdvisoryEntry;
  for (const each of others) {
    const [left, right] = [parse(fixedIn(each)), parse(fixedIn(oldest))];
    if (left !== undefined && right !== undefined && compare(left, right) < 0) oldest = each;
  }
  return oldest;
}

function fixedIn({ ranges }: AdvisoryEntry): string {
  return ranges[0]?.fixed ?? '';
}
