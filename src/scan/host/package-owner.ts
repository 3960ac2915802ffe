import type { CatalogerReading, FoundPackage, ReadingGap } from '../../contents/cataloger.ts';
import type { AnalyserKey } from '../../contents/layer-part.ts';

/** What a package manager's database says of some files of the host. */
export interface OwnersReading {
  /** By the path that was asked about. A file without an entry belongs to no package. */
  readonly owners: ReadonlyMap<string, PackageOwner>;
  /** What of the database was not understood, so that an owner may be missing. */
  readonly gaps: readonly ReadingGap[];
}

/** The package that a file belongs to, as the database tells of it. */
export interface PackageOwner {
  readonly found: FoundPackage;
  readonly cataloger: AnalyserKey;
  /** The database's file, without a leading slash. */
  readonly database: string;
}

/** Where `/usr` was merged, a file has two names, and the database may know it by either. */
export function namesOfPath(path: string): readonly string[] {
  const plain = path.replace(/^\/usr(?=\/(?:s?bin|lib(?:32|64|x32)?)\/)/, '');
  return plain === path && !/^\/(?:s?bin|lib(?:32|64|x32)?)\//.test(path) ? [path] : [plain, `/usr${plain}`];
}

/** The owners of the paths that were asked about, by the lists of files of a whole database. */
export function ownersIn(
  { packages = [], owned = [] }: CatalogerReading,
  cataloger: AnalyserKey,
  database: string,
  paths: readonly string[],
): ReadonlyMap<string, PackageOwner> {
  const asked = new Map(paths.flatMap((path) => namesOfPath(path).map((name) => [name, path] as const)));
  const byId = new Map(packages.map((found) => [found.id, found]));
  const owners = new Map<string, PackageOwner>();
  for (const list of owned) {
    const found = byId.get(list.owner);
    if (!found) continue;
    for (const each of list.paths) {
      const path = asked.get(`/${each}`);
      if (path !== undefined) owners.set(path, { found, cataloger, database });
    }
  }
  return owners;
}
