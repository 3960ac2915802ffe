import { isObject, objectIn, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { composerEntry } from '../languages/composer-entry.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';

/** PHP packages that Composer is to install. */
export const composerLock = defineCataloger({
  id: 'composer-lock',
  version: 1,
  reads: { en: '`composer.lock`', zh: '`composer.lock`' },
  globs: ['**/composer.lock'],

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const lock = readJson(file);
    if (!isObject(lock) || !Array.isArray(lock['packages'])) {
      throw new CatalogerError({ en: 'it has no list of packages', zh: '缺少软件包列表' });
    }
    const list = new PackageList({ type: 'composer', state: 'declared' });
    for (const part of ['packages', 'packages-dev']) {
      const entries = lock[part];
      for (const entry of Array.isArray(entries) ? entries : []) {
        // A folder of the project.
        if (textIn(objectIn(entry, 'dist'), 'type') === 'path') continue;
        list.add(composerEntry(isObject(entry) ? entry : {}, part === 'packages-dev'));
      }
    }
    return list.reading();
  },
});
