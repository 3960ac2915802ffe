import { throughLinks } from '../unchanged-files.ts';
import type { OwnedFiles } from '../cataloger.ts';
import { diverted } from '../diversions.ts';
import { eachFile, type FileList } from '../kept-reading.ts';
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
  readonly files: FileList;
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
    for (const files of reading.owned ?? []) {
      const owner = purls.get(ownerKey(cataloger, files.owner));
      if (owner === undefined) continue;
      lists.push({ files, owner, algorithm: files.algorithm ?? 'md5', listed: reading.modified, layer });
    }
  }
  const placeOf = (path: string, files: FileList) => throughLinks(diverted(path, files.owner, diversions), links);
  return {
    ownersOf(paths) {
      // Few are asked about, and a system has a hundred thousand.
      const asked = new Set(paths);
      const owners = new Map<string, string>();
      for (const { files, owner } of lists) {
        eachFile(files, (each) => {
          const path = placeOf(each, files);
          if (asked.has(path)) owners.set(path, owner);
        });
      }
      return owners;
    },
    checksums(show) {
      for (const list of lists) {
        if (list.files.digests === undefined) continue;
        eachFile(list.files, (each, digest) => {
          if (digest !== '') show({ path: placeOf(each, list.files), digest }, list);
        });
      }
    },
  };
}

export function ownerKey(cataloger: string, id: string): string {
  return `${cataloger}:${id}`;
}
