import { isObject, type JsonObject, objectIn, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';

/** Python packages that Pipenv is to install. */
export const pipfileLock = defineCataloger({
  id: 'pipfile-lock',
  version: 1,
  reads: { en: '`Pipfile.lock` of Pipenv', zh: 'Pipenv 的 `Pipfile.lock`' },
  globs: ['**/Pipfile.lock'],

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const lock = readJson(file);
    if (!isObject(lock) || !isObject(lock['_meta']))
      throw new CatalogerError({ en: 'it has no `_meta`', zh: '缺少 `_meta`' });
    const list = new PackageList({ type: 'pypi', state: 'declared' });
    // Beside `default` and `develop` a project may have categories of its own.
    for (const category of Object.keys(lock)) {
      if (category !== '_meta') readCategory(objectIn(lock, category), category === 'develop', list);
    }
    return list.reading();
  },
});

function readCategory(category: JsonObject, isDevelopment: boolean, list: PackageList): void {
  for (const [name, entry] of Object.entries(category)) {
    const development = isDevelopment ? { development: true as const } : {};
    const version = textIn(entry, 'version')?.replace(/^===?/, '');
    const [repository, commit] = [textIn(entry, 'git'), textIn(entry, 'ref')];
    const isLocal =
      textIn(entry, 'path') !== undefined || (isObject(entry) && entry['editable'] === true && !repository);
    if (isLocal) continue;
    if (repository !== undefined) {
      list.add({ name, version: version ?? commit, qualifiers: vcsQualifiers(repository, commit), ...development });
    } else list.add({ name, version, ...development });
  }
}
