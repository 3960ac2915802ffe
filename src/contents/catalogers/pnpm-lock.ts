import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readIndented } from '../languages/indented-lines.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { reachableFrom } from '../languages/reachable.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { splitScope } from '../languages/split-name.ts';

/** Packages that pnpm is to install. */
export const pnpmLock = defineCataloger({
  id: 'pnpm-lock',
  version: 1,
  reads: { en: '`pnpm-lock.yaml` of versions 5, 6 and 9', zh: '版本 5、6、9 的 `pnpm-lock.yaml`' },
  globs: ['**/pnpm-lock.yaml'],
  limit: 32 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const lock = readLock(file.text());
    const list = new PackageList({ type: 'npm', state: 'declared' });
    const needed = neededInProduction(lock);
    for (const [key, entry] of lock.packages) {
      const isDevelopment = needed ? !needed.has(withoutPeers(key)) : entry.dev === 'true';
      addPackage(lock.isOlder ? olderIdentity(key) : identityOf(key), entry, isDevelopment, list);
    }
    return list.reading();
  },
});

/** Packages, once more with their peers, and what they need; the largest lock files that are known have a tenth of it. */
const mostEntries = 500_000;

interface Entry {
  name?: string;
  version?: string;
  dev?: string;
  resolution?: string;
}

interface Lock {
  /** Before version 6. */
  readonly isOlder: boolean;
  readonly packages: ReadonlyMap<string, Entry>;
  /** Since version 9: what each package, with its peers, needs. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** What the projects need when they run. */
  readonly roots: readonly string[];
}

function readLock(text: string): Lock {
  const packages = new Map<string, Entry>();
  const needs = new Map<string, string[]>();
  const roots: string[] = [];
  let version: string | undefined;
  let entries = 0;
  for (const { path, value } of readIndented(text)) {
    if (path.length === 2 || path.length === 4) entries += 1;
    if (entries > mostEntries) {
      throw new CatalogerError({
        en: `it has more than ${mostEntries} entries`,
        zh: `条目超过 ${mostEntries} 个`,
      });
    }
    const [part = '', key = '', group = '', name = '', field = ''] = path;
    if (part === 'lockfileVersion') version = value;
    else if (part === 'packages' && key !== '') readField(entryAt(packages, key), path, value);
    else if (part === 'snapshots' && key !== '') {
      const list = needs.get(key) ?? [];
      if (path.length === 2) needs.set(key, list);
      if (path.length === 4 && isNeeded(group)) list.push(keyOf(name, value));
    } else if (part === 'importers' && path.length === 5 && isNeeded(group) && field === 'version') {
      roots.push(keyOf(name, value));
    }
  }
  if (version === undefined)
    throw new CatalogerError({ en: 'it has no `lockfileVersion`', zh: '缺少 `lockfileVersion`' });
  return { isOlder: Number.parseFloat(version) < 6, packages, needs, roots };
}

function readField(entry: Entry, path: readonly string[], value: string): void {
  const field = path[2];
  if (path.length === 3 && (field === 'name' || field === 'version' || field === 'dev' || field === 'resolution')) {
    entry[field] = value;
  } else if (path.length === 4 && field === 'resolution') {
    // Written line by line, where it is long.
    entry.resolution = `${entry.resolution ?? ''} ${path[3]}: ${value}`;
  }
}

function entryAt(packages: Map<string, Entry>, key: string): Entry {
  const entry = packages.get(key) ?? {};
  packages.set(key, entry);
  return entry;
}

function isNeeded(group: string): boolean {
  return group === 'dependencies' || group === 'optionalDependencies';
}

/** A dependency under another name has the whole key of what it stands for in the place of its version. */
function keyOf(name: string, version: string): string {
  const isVersion = /^(?:\d|[a-z+]+:)/.test(version);
  return isVersion ? `${name}@${version}` : version;
}

/** Keys without their peers; undefined before version 9, whose entries say so themselves. */
function neededInProduction({ needs, roots }: Lock): ReadonlySet<string> | undefined {
  if (needs.size === 0) return undefined;
  return new Set([...reachableFrom(roots, (key) => needs.get(key) ?? [])].map(withoutPeers));
}

function withoutPeers(key: string): string {
  const peers = key.indexOf('(');
  return peers < 0 ? key : key.slice(0, peers);
}

function addPackage({ name, version }: Identity, entry: Entry, isDevelopment: boolean, list: PackageList): void {
  const { resolution = '' } = entry;
  if (/\btype: directory\b/.test(resolution)) return;
  const repository = /\brepo: '?([^\s,}']+)/.exec(resolution)?.[1] ?? codeload(resolution);
  const commit = /\bcommit: '?([\da-f]+)/.exec(resolution)?.[1] ?? /\/tar\.gz\/([\da-f]+)/.exec(resolution)?.[1];
  list.add({
    ...splitScope(entry.name ?? name),
    version: entry.version ?? version,
    ...(repository === undefined ? {} : { qualifiers: vcsQualifiers(repository, commit) }),
    ...(isDevelopment ? { development: true } : {}),
  });
}

/** How pnpm takes a commit of GitHub. */
function codeload(resolution: string): string | undefined {
  const path = /https:\/\/codeload\.github\.com\/([\w.-]+\/[\w.-]+)\/tar\.gz\//.exec(resolution)?.[1];
  return path === undefined ? undefined : `https://github.com/${path}`;
}

interface Identity {
  readonly name: string;
  /** Absent where the key has an address in its place. */
  readonly version?: string;
}

/** Version 5: `/@scope/name/1.0.0_peer@2.0.0`, in front of it the registry's host where it is not the usual one. */
function olderIdentity(key: string): Identity {
  const parts = key.split('/');
  const [version = ''] = (parts.pop() ?? '').split('_', 1);
  const name = parts.slice(parts.at(-2)?.startsWith('@') ? -2 : -1).join('/');
  return /^\d/.test(version) ? { name, version } : { name };
}

/** `/@scope/name@1.0.0(peer@2.0.0)`, since version 9 without the slash. */
function identityOf(key: string): Identity {
  const plain = withoutPeers(key.startsWith('/') ? key.slice(1) : key);
  const mark = plain.indexOf('@', 1);
  const version = plain.slice(mark + 1);
  const name = plain.slice(0, Math.max(mark, 0));
  return version.includes(':') ? { name } : { name, version };
}
