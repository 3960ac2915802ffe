import { isObject, type JsonObject, type JsonValue, objectIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { readJsonWithComments } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';
import { reachableFrom } from '../languages/reachable.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { splitScope } from '../languages/split-name.ts';

/** Packages that Bun is to install. */
export const bunLock = defineCataloger({
  id: 'bun-lock',
  version: 1,
  reads: { en: '`bun.lock`, the textual one', zh: '文本格式的 `bun.lock`' },
  globs: ['**/bun.lock'],
  limit: 32 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const lock = readJsonWithComments(file);
    if (!isObject(lock) || !isObject(lock['workspaces'])) {
      throw new CatalogerError({ en: 'it has no `workspaces`', zh: '缺少 `workspaces`' });
    }
    const packages = new Map(Object.entries(objectIn(lock, 'packages')));
    const needed = reachableFrom(rootsOf(lock['workspaces'], packages), (key) => needsOf(key, packages));
    const list = new PackageList({ type: 'npm', state: 'declared' });
    for (const [key, entry] of packages) addPackage(key, entry, needed.has(key), list);
    return list.reading();
  },
});

type Packages = ReadonlyMap<string, JsonValue | undefined>;

/** Keys are paths: `a/b` is what `a` finds under the name `b`. */
function addPackage(key: string, entry: JsonValue | undefined, isNeeded: boolean, list: PackageList): void {
  const [resolution] = Array.isArray(entry) ? (entry as readonly JsonValue[]) : [];
  if (typeof resolution !== 'string') return list.add({ name: key, version: undefined });
  const mark = resolution.indexOf('@', 1);
  const name = mark < 0 ? resolution : resolution.slice(0, mark);
  const source = mark < 0 ? '' : resolution.slice(mark + 1);
  if (/^(?:workspace|link|root):/.test(source) || (source.startsWith('file:') && !/\.t(?:ar\.)?gz$/.test(source)))
    return;
  const commit = /^(?:git|github|gitlab|bitbucket)[+:@]/.test(source) ? /#([\w.-]+)$/.exec(source)?.[1] : undefined;
  list.add({
    ...splitScope(name),
    version: commit ?? (source.includes(':') ? undefined : source),
    ...(commit === undefined ? {} : { qualifiers: vcsQualifiers(source, commit) }),
    ...(isNeeded ? {} : { development: true }),
  });
}

const groups = ['dependencies', 'optionalDependencies', 'peerDependencies'];

function namesNeeded(value: JsonValue | undefined): readonly string[] {
  return groups.flatMap((group) => Object.keys(objectIn(value, group)));
}

/** What the projects need when they run. */
function rootsOf(workspaces: JsonObject, packages: Packages): readonly string[] {
  return Object.values(workspaces).flatMap((workspace) => {
    const own = isObject(workspace) && typeof workspace['name'] === 'string' ? workspace['name'] : '';
    return namesNeeded(workspace).flatMap((name) => found(`${own}/${name}`, packages) ?? found(name, packages) ?? []);
  });
}

function needsOf(key: string, packages: Packages): readonly string[] {
  const entry = packages.get(key);
  const described = Array.isArray(entry) ? (entry as readonly JsonValue[]).find(isObject) : undefined;
  return namesNeeded(described).flatMap((name) => nearest(key, name, packages) ?? []);
}

/** Characters: twenty folders in each other, and the longest name. */
const longestKey = 512;

/** Looks beside what the package has to itself, and then ever further out, as Node.js does. */
function nearest(key: string, name: string, packages: Packages): string | undefined {
  if (key.length > longestKey) return found(name, packages);
  for (let within = key; within !== ''; within = within.slice(0, Math.max(within.lastIndexOf('/'), 0))) {
    const inner = found(`${within}/${name}`, packages);
    if (inner !== undefined) return inner;
  }
  return found(name, packages);
}

function found(key: string, packages: Packages): string | undefined {
  return packages.has(key) ? key : undefined;
}
