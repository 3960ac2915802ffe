import { isObject, type JsonObject, type JsonValue, objectIn, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { splitScope } from '../languages/split-name.ts';

/** Packages that npm is to install. */
export const npmLock = defineCataloger({
  id: 'npm-lock',
  version: 1,
  reads: {
    en: '`package-lock.json` and `npm-shrinkwrap.json` of versions 1 to 3, but not those inside of installed packages',
    zh: '版本 1 至 3 的 `package-lock.json` 和 `npm-shrinkwrap.json`，不包括已安装软件包内部的文件',
  },
  globs: ['**/package-lock.json', '**/npm-shrinkwrap.json'],

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const lock = readJson(file);
    if (!isObject(lock)) throw noLock();
    const list = new PackageList({ type: 'npm', state: 'declared' });
    if (isObject(lock['packages'])) readPackages(lock['packages'], list);
    else if (isObject(lock['dependencies'])) readDependencies(lock['dependencies'], list);
    // A project without dependencies has neither.
    else if (lock['lockfileVersion'] === undefined) throw noLock();
    return list.reading();
  },
});

function noLock(): CatalogerError {
  return new CatalogerError({
    en: 'it has none of the parts of a lock file of npm',
    zh: '缺少 npm 锁文件应有的内容',
  });
}

const folder = 'node_modules/';

/** Versions 2 and 3, by the paths of the folders. */
function readPackages(packages: JsonObject, list: PackageList): void {
  for (const [path, entry] of Object.entries(packages)) {
    const start = path.lastIndexOf(folder);
    // Without the folder: the project itself, or a part of it that is kept beside it.
    if (start < 0) continue;
    if (!isObject(entry)) {
      list.add({ name: path.slice(start + folder.length), version: undefined });
      continue;
    }
    const resolved = textIn(entry, 'resolved') ?? '';
    if (entry['link'] === true || isOwnFolder(resolved)) continue;
    list.add({
      ...splitScope(textIn(entry, 'name') ?? path.slice(start + folder.length)),
      version: textIn(entry, 'version') ?? (isGit(resolved) ? commitOf(resolved) : undefined),
      ...(isGit(resolved) ? { qualifiers: vcsQualifiers(resolved, commitOf(resolved)) } : {}),
      // `devOptional`: also there for an optional dependency, which is installed.
      ...(entry['dev'] === true ? { development: true } : {}),
    });
  }
}

/** Version 1: what a package has to itself is inside of it. */
function readDependencies(dependencies: JsonObject, list: PackageList): void {
  const waiting = [dependencies];
  for (let some = waiting.pop(); some; some = waiting.pop()) {
    for (const [name, entry] of Object.entries(some)) {
      if (!isObject(entry)) {
        list.add({ name, version: undefined });
        continue;
      }
      addDependency(name, entry, list);
      const inner = objectIn(entry, 'dependencies');
      if (Object.keys(inner).length > 0) waiting.push(inner);
    }
  }
}

function addDependency(name: string, entry: JsonObject, list: PackageList): void {
  const written = textIn(entry, 'version') ?? '';
  if (isOwnFolder(written)) return;
  const development = isTrue(entry['dev']) ? { development: true as const } : {};
  if (isGit(written)) {
    const commit = commitOf(written);
    list.add({ ...splitScope(name), version: commit, qualifiers: vcsQualifiers(written, commit), ...development });
  } else if (written.startsWith('npm:')) {
    // Installed under another name than its own.
    const mark = written.lastIndexOf('@');
    list.add({ ...splitScope(written.slice(4, mark)), version: written.slice(mark + 1), ...development });
  } else {
    const isAddress = /^(?:https?|file):/.test(written);
    list.add({ ...splitScope(name), version: isAddress ? undefined : written, ...development });
  }
}

function isTrue(value: JsonValue | undefined): value is true {
  return value === true;
}

/** A folder of the project, and no archive that somebody put beside it. */
function isOwnFolder(address: string): boolean {
  return /^(?:file|link):/.test(address) && !/\.(?:tgz|tar\.gz|tar)$/.test(address);
}

function isGit(address: string): boolean {
  return /^(?:git[+:]|git@|github:|gitlab:|bitbucket:)/.test(address);
}

function commitOf(address: string): string | undefined {
  const hash = address.indexOf('#');
  return hash < 0 ? undefined : address.slice(hash + 1);
}
