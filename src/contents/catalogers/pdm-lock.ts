import { type JsonObject, type JsonValue, listIn, textIn } from '../../model/json.ts';
import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { readTables, tomlLimit } from '../languages/toml-tables.ts';

/** Python packages that PDM is to install. */
export const pdmLock = defineCataloger({
  id: 'pdm-lock',
  version: 1,
  reads: { en: '`pdm.lock` of PDM', zh: 'PDM 的 `pdm.lock`' },
  globs: ['**/pdm.lock'],
  limit: tomlLimit,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'pypi', state: 'declared' });
    for (const entry of readTables(file, 'package', (reason) => list.gap(reason))) addPackage(entry, list);
    return list.reading();
  },
});

/** Extras of the project and groups for developing stand in one list: only names that nobody gives an extra are told apart. */
const developmentGroups: ReadonlySet<JsonValue> = new Set(['dev', 'test', 'tests', 'lint', 'doc', 'docs']);

function addPackage(entry: JsonObject, list: PackageList): void {
  if (textIn(entry, 'path') !== undefined) return;
  const groups = listIn(entry, 'groups');
  const isDevelopment = groups.length > 0 && groups.every((group) => developmentGroups.has(group));
  const repository = textIn(entry, 'git');
  list.add({
    name: textIn(entry, 'name'),
    version: textIn(entry, 'version'),
    ...(repository === undefined ? {} : { qualifiers: vcsQualifiers(repository, textIn(entry, 'revision')) }),
    ...(isDevelopment ? { development: true } : {}),
  });
}
