import { isObject, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';

/** Packages that NuGet is to restore. */
export const nugetLock = defineCataloger({
  id: 'nuget-lock',
  version: 1,
  reads: { en: '`packages.lock.json` of NuGet', zh: 'NuGet 的 `packages.lock.json`' },
  globs: ['**/packages.lock.json'],

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const lock = readJson(file);
    if (!isObject(lock) || !isObject(lock['dependencies'])) {
      throw new CatalogerError({ en: 'it has no `dependencies`', zh: '缺少 `dependencies`' });
    }
    const list = new PackageList({ type: 'nuget', state: 'declared' });
    for (const framework of Object.values(lock['dependencies'])) {
      if (!isObject(framework)) continue;
      for (const [name, entry] of Object.entries(framework)) {
        // Another project of the same solution.
        if (textIn(entry, 'type')?.toLowerCase() === 'project') continue;
        list.add({ name, version: textIn(entry, 'resolved') });
      }
    }
    return list.reading();
  },
});
