import { isObject, type JsonObject, type JsonValue, listIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { composerEntry } from '../languages/composer-entry.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';

/** PHP packages that Composer installed. */
export const composerInstalled = defineCataloger({
  id: 'composer-installed',
  version: 1,
  reads: {
    en: '`vendor/composer/installed.json` of Composer 1 and 2',
    zh: 'Composer 1 和 2 的 `vendor/composer/installed.json`',
  },
  globs: ['**/composer/installed.json'],

  read(file): CatalogerReading {
    const installed = readJson(file);
    // Composer 1 wrote the list by itself.
    const packages: readonly JsonValue[] = Array.isArray(installed)
      ? (installed as readonly JsonValue[])
      : listIn(installed, 'packages');
    if (!Array.isArray(installed) && !(isObject(installed) && Array.isArray(installed['packages']))) {
      throw new CatalogerError({ en: 'it has no list of packages', zh: '缺少软件包列表' });
    }
    const forDevelopment = new Set(listIn(installed, 'dev-package-names'));
    const list = new PackageList({ type: 'composer' });
    for (const entry of packages) {
      const found: JsonObject = isObject(entry) ? entry : {};
      list.add(composerEntry(found, forDevelopment.has(found['name'] ?? null)));
    }
    return list.reading();
  },
});
