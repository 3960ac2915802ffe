import { isObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';
import { repositoryPath } from '../languages/repository-url.ts';
import { splitPath } from '../languages/split-name.ts';

/** Packages that Swift's package manager is to fetch. */
export const swiftResolved = defineCataloger({
  id: 'swift-resolved',
  version: 1,
  reads: { en: '`Package.resolved` of Swift, versions 1 to 3', zh: 'Swift 的 `Package.resolved`，版本 1 至 3' },
  globs: ['**/Package.resolved'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    const resolved = readJson(file);
    // Version 1 has the list one level deeper.
    const holder = isObject(resolved) && isObject(resolved['object']) ? resolved['object'] : resolved;
    if (!isObject(holder) || !Array.isArray(holder['pins'])) {
      throw new CatalogerError({ en: 'it has no `pins`', zh: '缺少 `pins`' });
    }
    const list = new PackageList({ type: 'swift', state: 'declared' });
    for (const pin of listIn(holder, 'pins')) addPin(pin, list);
    return list.reading();
  },
});

function addPin(pin: JsonValue, list: PackageList): void {
  if (textIn(pin, 'kind') === 'localSourceControl') return;
  const state = objectIn(pin, 'state');
  const path = repositoryPath(textIn(pin, 'location') ?? textIn(pin, 'repositoryURL') ?? '');
  const called = textIn(pin, 'identity') ?? textIn(pin, 'package');
  const version = textIn(state, 'version') ?? textIn(state, 'revision');
  // Its purl is made of the address; a package of a registry has none.
  if (path?.includes('/')) list.add({ ...splitPath(path), version });
  else {
    list.gap({
      en: `the package ${called?.slice(0, 80) ?? '?'} has no address of a repository`,
      zh: `软件包 ${called?.slice(0, 80) ?? '?'} 没有代码仓库地址`,
    });
  }
}
