import { throughLinks } from '../unchanged-files.ts';
import type { OwnedFiles } from '../cataloger.ts';
import { divertedFiles } from '../diversions.ts';
import type { PlacedReading } from './gathered.ts';

/** Whose files are whose, by what the operating system's package manager keeps of it. */
export interface Ownership {
  /** The purl of the package that owns this path; without a leading slash. */
  readonly ownerOf: (path: string) => string | undefined;
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
  const owners = new Map<string, string>();
  const lists: List[] = [];
  const diversions = new Map(
    readings.flatMap(({ reading }) => (reading.diversions ?? []).map((each) => [each.from, each])),
  );
  for (const { cataloger, layer, reading } of readings) {
    for (const listed of reading.owned ?? []) {
      const owned = divertedFiles(listed, diversions);
      const owner = purls.get(ownerKey(cataloger, owned.owner));
      if (owner === undefined) continue;
      if (owned.digests)
        lists.push({ owned, owner, algorithm: owned.algorithm ?? 'md5', listed: reading.modified, layer });
      for (const path of owned.paths) owners.set(throughLinks(path, links), owner);
    }
  }
  return {
    ownerOf: (path) => owners.get(path),
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
