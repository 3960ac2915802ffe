import { throughLinks } from '../unchanged-files.ts';
import type { OwnedFiles } from '../cataloger.ts';
import { divertedFiles } from '../diversions.ts';
import type { PlacedReading } from './gathered.ts';

/** Whose files are whose, by what the operating system's package manager keeps of it. */
export interface Ownership {
  /** The purls of the packages that own these paths, as far as one does; without a leading slash. */
  readonly ownersOf: (paths: Iterable<string>) => ReadonlyMap<string, string>;
  /** Shows the files that have a checksum in their package's list. */
  readonly checksums: (show: (checksum: Checksum, list: ChecksumList) => void) => void;
}

export interface Checksum {
  /** Without a leading slash. */
  readonly path: string;
  readonly digest: string;
}

export interface ChecksumList {
  readonly owner: string;
  readonly algorithm: NonNullable<OwnedFiles['algorithm']>;
  /** When the list was written, seconds since 1970, and the layer in which it stands. */
  readonly listed: number;
  readonly layer: number;
}

interface List extends ChecksumList {
  readonly owned: OwnedFiles;
}

/**
 * `purls` has the purl of each installed system package under its cataloger's name and the id that its lists use, see `ownerKey`.
 * A list whose package is not installed any more counts for nothing.
 */
export function readOwnership(
  readings: readonly PlacedReading[],
  purls: ReadonlyMap<string, string>,
  links: ReadonlyMap<string, string>,
): Ownership {
  const lists: List[] = [];
  const diversions = new Map(
    readings.flatMap(({ reading }) => (reading.diversions ?? []).map((each) => [each.from, each])),
  );
  for (const { cataloger, layer, reading } of readings) {
    for (const listed of reading.owned ?? []) {
      const owned = divertedFiles(listed, diversions);
      const owner = purls.get(ownerKey(cataloger, owned.owner));
      if (owner === undefined) continue;
      lists.push({ owned, owner, algorithm: owned.algorithm ?? 'md5', listed: reading.modified, layer });
    }
  }
  return {
    ownersOf(paths) {
      // Few are asked about, and a system has a hundred thousand.
      const asked = new Set(paths);
      const owners = new Map<string, string>();
      for (const { owned, owner } of lists) {
        for (const each of owned.paths) {
          const path = throughLinks(each, links);
          if (asked.has(path)) owners.set(path, owner);
        }
      }
      return owners;
    },
    checksums(show) {
      for (const { owned, ...list } of lists) {
        const { paths, digests = [] } = owned;
        for (let index = 0; index < paths.length; index += 1) {
          const digest = digests[index] ?? '';
          if (digest !== '') show({ path: throughLinks(paths[index] ?? '', links), digest }, list);
        }
      }
    },
  };
}

export function ownerKey(cataloger: string, id: string): string {
  return `${cataloger}:${id}`;
}
