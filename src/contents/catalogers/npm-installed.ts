import { isObject, textIn } from '../../model/json.ts';
import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readJson } from '../languages/json-text.ts';
import { licensesInJson } from '../languages/licenses.ts';
import { PackageList } from '../languages/package-list.ts';
import { splitScope } from '../languages/split-name.ts';

/** Packages of npm, Yarn, pnpm and Bun where Node.js finds them. */
export const npmInstalled = defineCataloger({
  id: 'npm-installed',
  version: 1,
  reads: {
    en: "`package.json` of packages in `node_modules`, of Debian's packages for Node.js, and of package managers beside Node.js",
    zh: '`node_modules` 中各软件包、Debian 的 Node.js 软件包，以及随 Node.js 提供的包管理器的 `package.json`',
  },
  // Only the roots of packages: what they have in `dist/esm/package.json` and the like are no packages.
  globs: [
    '**/node_modules/*/package.json',
    '**/node_modules/@*/*/package.json',
    '**/node_modules/.store/*/package/package.json',
    'usr/share/nodejs/*/package.json',
    'usr/share/nodejs/@*/*/package.json',
    'opt/yarn-*/package.json',
    '**/node/corepack/*/*/package.json',
    '**/node/corepack/v1/*/*/package.json',
  ],
  limit: 4 * 1024 ** 2,

  read(file): CatalogerReading {
    const folders = file.path.split('/');
    if (isNoPackage(folders)) return {};
    const manifest = readJson(file);
    const list = new PackageList({ type: 'npm' });
    if (!isObject(manifest)) list.gap({ en: 'it is no object', zh: '内容不是 JSON 对象' });
    else {
      const licenses = licensesInJson(manifest['license'], manifest['licenses']);
      list.add({
        ...splitScope(textIn(manifest, 'name')?.trim() || folderName(folders)),
        version: textIn(manifest, 'version')?.trim(),
        ...(licenses.length > 0 ? { licenses } : {}),
      });
    }
    return list.reading();
  },
});

/** Without a name npm takes that of the folder. */
function folderName(folders: readonly string[]): string {
  const [scope = '', name = ''] = folders.slice(-3, -1);
  return scope.startsWith('@') ? `${scope}/${name}` : name;
}

/** Tools keep files of their own in `node_modules/.cache`; packages bring trees to test how modules are found. */
function isNoPackage(folders: readonly string[]): boolean {
  const parent = folders.at(-2) ?? '';
  const isOfTool = folders.at(-3) === 'node_modules' && (parent.startsWith('.') || parent.startsWith('@'));
  return isOfTool || isInTestsOfPackage(folders);
}

function isInTestsOfPackage(folders: readonly string[]): boolean {
  const first = folders.indexOf('node_modules');
  const last = folders.lastIndexOf('node_modules');
  return folders
    .slice(first + 1, Math.max(last, first + 1))
    .some((folder, index, inner) => testFolder.test(folder) && !isPackage(inner[index - 1] ?? 'node_modules'));
}

/** Whether a folder in this one is a package, which may be called `test` too. */
function isPackage(parent: string): boolean {
  return parent === 'node_modules' || parent.startsWith('@');
}

const testFolder = /^(?:tests?|__tests__|fixtures?|__fixtures__)$/;
