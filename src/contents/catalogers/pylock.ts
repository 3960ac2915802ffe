import { isObject, type JsonObject, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { readFirstFields, readTables, tomlLimit } from '../languages/toml-tables.ts';

/** Python packages as PEP 751 has them locked, whatever tool wrote it. */
export const pylock = defineCataloger({
  id: 'pylock',
  version: 1,
  reads: { en: '`pylock.toml` (PEP 751)', zh: '`pylock.toml`（PEP 751）' },
  globs: ['**/pylock.toml', '**/pylock.*.toml'],
  limit: tomlLimit,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    if (textIn(readFirstFields(file), 'lock-version') === undefined) {
      throw new CatalogerError({ en: 'it has no `lock-version`', zh: '缺少 `lock-version`' });
    }
    const list = new PackageList({ type: 'pypi', state: 'declared' });
    for (const entry of readTables(file, 'packages', (reason) => list.gap(reason))) addPackage(entry, list);
    return list.reading();
  },
});

function addPackage(entry: JsonObject, list: PackageList): void {
  if (isObject(entry['directory'])) return;
  const repository = textIn(entry['vcs'], 'url');
  const commit = textIn(entry['vcs'], 'commit-id');
  list.add({
    name: textIn(entry, 'name'),
    version: textIn(entry, 'version') ?? commit,
    ...(repository === undefined ? {} : { qualifiers: vcsQualifiers(repository, commit) }),
  });
}
