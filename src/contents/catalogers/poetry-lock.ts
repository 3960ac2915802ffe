import { type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';
import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { readTables, tomlLimit } from '../languages/toml-tables.ts';

/** Python packages that Poetry is to install. */
export const poetryLock = defineCataloger({
  id: 'poetry-lock',
  version: 1,
  reads: { en: '`poetry.lock` of Poetry 1 and 2', zh: 'Poetry 1 和 2 的 `poetry.lock`' },
  globs: ['**/poetry.lock'],
  limit: tomlLimit,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'pypi', state: 'declared' });
    for (const entry of readTables(file, 'package', (reason) => list.gap(reason))) addPackage(entry, list);
    return list.reading();
  },
});

function addPackage(entry: JsonObject, list: PackageList): void {
  const source = objectIn(entry, 'source');
  const kind = textIn(source, 'type');
  if (kind === 'directory') return;
  const commit = textIn(source, 'resolved_reference') ?? textIn(source, 'reference');
  list.add({
    name: textIn(entry, 'name'),
    version: textIn(entry, 'version'),
    ...(kind === 'git' ? { qualifiers: vcsQualifiers(textIn(source, 'url') ?? '', commit) } : {}),
    ...(isDevelopment(entry) ? { development: true } : {}),
  });
}

/**
 * Poetry 1 wrote a category until 1.4 and nothing after it; Poetry 2 writes the groups that need the package, of which all but
 * `main` are for developing by its documentation.
 */
function isDevelopment(entry: JsonObject): boolean {
  if (textIn(entry, 'category') === 'dev') return true;
  const groups = listIn(entry, 'groups');
  return groups.length > 0 && !groups.includes('main');
}
