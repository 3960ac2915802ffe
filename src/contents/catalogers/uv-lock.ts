import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { reachableFrom } from '../languages/reachable.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { readTables, tomlLimit } from '../languages/toml-tables.ts';

/** Python packages that uv is to install. */
export const uvLock = defineCataloger({
  id: 'uv-lock',
  version: 1,
  reads: { en: '`uv.lock` of uv', zh: 'uv 的 `uv.lock`' },
  globs: ['**/uv.lock'],
  limit: tomlLimit,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'pypi', state: 'declared' });
    const packages = [...readTables(file, 'package', (reason) => list.gap(reason))].map(lockedPackage);
    const needed = neededInProduction(packages);
    for (const { name, version, isOwn, git } of packages) {
      if (isOwn) continue;
      const [repository = '', commit] = git?.split('#') ?? [];
      list.add({
        name,
        version,
        ...(commit === undefined ? {} : { qualifiers: vcsQualifiers(repository, commit) }),
        ...(needed.has(name) ? {} : { development: true }),
      });
    }
    return list.reading();
  },
});

/** What is asked of an entry; the rest, mostly files and their digests, is not kept. */
interface LockedPackage {
  readonly name: string;
  readonly version: string | undefined;
  /** The project itself and its parts. */
  readonly isOwn: boolean;
  readonly git: string | undefined;
  /** Names; what only developing needs is not among them. */
  readonly needs: readonly string[];
}

function lockedPackage(entry: JsonObject): LockedPackage {
  const optional = Object.values(objectIn(entry, 'optional-dependencies')).flatMap(namesIn);
  const source = objectIn(entry, 'source');
  return {
    name: textIn(entry, 'name') ?? '',
    version: textIn(entry, 'version'),
    isOwn: ['editable', 'virtual', 'directory'].some((kind) => textIn(source, kind) !== undefined),
    git: textIn(source, 'git'),
    needs: [...namesIn(listIn(entry, 'dependencies')), ...optional],
  };
}

/** By name: that several versions of one package are asked for by different groups is not told apart. */
function neededInProduction(packages: readonly LockedPackage[]): ReadonlySet<string> {
  const needs = Map.groupBy(packages, ({ name }) => name);
  const roots = packages.flatMap(({ name, isOwn }) => (isOwn ? [name] : []));
  // Without a project of its own there is nothing to tell by.
  if (roots.length === 0) return new Set(needs.keys());
  return reachableFrom(roots, (name) => needs.get(name)?.flatMap((each) => each.needs) ?? []);
}

function namesIn(dependencies: JsonValue | undefined): string[] {
  if (!Array.isArray(dependencies)) return [];
  return (dependencies as readonly JsonValue[]).filter(isObject).flatMap((each) => textIn(each, 'name') ?? []);
}
