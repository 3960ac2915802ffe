import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readIndented } from '../languages/indented-lines.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';

/** Packages that Dart's pub is to fetch. */
export const pubspecLock = defineCataloger({
  id: 'pubspec-lock',
  version: 1,
  reads: { en: '`pubspec.lock` of Dart and Flutter', zh: 'Dart 与 Flutter 的 `pubspec.lock`' },
  globs: ['**/pubspec.lock'],

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'pub', state: 'declared' });
    let name = '';
    let fields = new Map<string, string>();
    let isLock = false;
    for (const { path, value } of readIndented(file.text())) {
      const [part, key = '', field = ''] = path;
      isLock ||= part === 'packages';
      if (part !== 'packages') continue;
      if (path.length === 2) {
        addPackage(name, fields, list);
        name = key;
        fields = new Map();
      } else if (path.length === 3) fields.set(field, value);
    }
    if (!isLock) throw new CatalogerError({ en: 'it has no `packages`', zh: '缺少 `packages`' });
    addPackage(name, fields, list);
    return list.reading();
  },
});

function addPackage(name: string, fields: ReadonlyMap<string, string>, list: PackageList): void {
  const source = fields.get('source');
  // A folder of the project; what comes with Flutter has no version of its own.
  if (name === '' || source === 'path' || source === 'sdk') return;
  list.add({
    name: /^\w+$/.test(name) ? name : undefined,
    version: fields.get('version'),
    ...(fields.get('dependency') === 'direct dev' ? { development: true } : {}),
  });
}
