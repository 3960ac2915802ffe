import { type CatalogedFile, CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readIndented } from '../languages/indented-lines.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { splitScope } from '../languages/split-name.ts';
import { linesOf } from '../languages/text-lines.ts';

/** Packages that Yarn is to install. */
export const yarnLock = defineCataloger({
  id: 'yarn-lock',
  version: 1,
  reads: {
    en: '`yarn.lock` of Yarn 1 and later; it does not tell which packages are for development only',
    zh: 'Yarn 1 及更高版本的 `yarn.lock`；该文件不区分仅用于开发的软件包',
  },
  globs: ['**/yarn.lock'],
  limit: 32 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const text = file.text();
    const list = new PackageList({ type: 'npm', state: 'declared' });
    if (/^__metadata:/m.test(text)) readLater(text, list);
    else readClassic(file, list);
    return list.reading();
  },
});

interface Classic {
  readonly descriptor: string;
  version?: string;
  resolved?: string;
}

/** Yarn 1: `"a@^1.0.0", a@^1.1.0:`, and below it `version "1.2.0"`. */
function readClassic(file: CatalogedFile, list: PackageList): void {
  let entry: Classic | undefined;
  let hasHead = false;
  for (const line of linesOf(file.text())) {
    if (line.startsWith('# yarn lockfile')) hasHead = true;
    if (line === '' || line.startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      if (entry) addClassic(entry, list);
      entry = line.endsWith(':') ? { descriptor: firstDescriptor(line) } : undefined;
      if (!entry)
        list.gap({ en: 'a line is neither an entry nor part of one', zh: '某一行既不是条目，也不属于任何条目' });
    } else if (entry && line.startsWith('  version ')) entry.version = bare(line.slice('  version '.length));
    else if (entry && line.startsWith('  resolved ')) entry.resolved = bare(line.slice('  resolved '.length));
  }
  if (entry) addClassic(entry, list);
  else if (!hasHead) throw new CatalogerError({ en: 'it is no lock file of Yarn', zh: '不是 Yarn 的锁文件' });
}

function addClassic({ descriptor, version, resolved = '' }: Classic, list: PackageList): void {
  const { name, range } = parted(descriptor);
  if (/^(?:file|link|portal):/.test(range) && !/\.t(?:ar\.)?gz$/.test(range)) return;
  // `short@npm:@scope/long@^1.0.0`: installed under another name than its own.
  const own = range.startsWith('npm:') ? parted(range.slice('npm:'.length)).name : name;
  const isGit = /^git[+:@]|\.git(?:#|$)/.test(resolved);
  const commit = resolved.slice(resolved.indexOf('#') + 1);
  list.add({ ...splitScope(own), version, ...(isGit ? { qualifiers: vcsQualifiers(resolved, commit) } : {}) });
}

function firstDescriptor(line: string): string {
  const end = line.startsWith('"') ? line.indexOf('"', 1) + 1 : line.search(/,|:$/);
  return bare(line.slice(0, end));
}

function bare(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** The name and what is behind its `@`. */
function parted(descriptor: string): { readonly name: string; readonly range: string } {
  const mark = descriptor.indexOf('@', 1);
  return mark < 0
    ? { name: descriptor, range: '' }
    : { name: descriptor.slice(0, mark), range: descriptor.slice(mark + 1) };
}

/** Yarn 2 and later: YAML, where `resolution` says what a descriptor came to. */
function readLater(text: string, list: PackageList): void {
  let key = '';
  let version: string | undefined;
  let resolution: string | undefined;
  for (const { path, value } of readIndented(text)) {
    if (path.length === 1) {
      addLater(key, version, resolution, list);
      [key = ''] = path;
      version = undefined;
      resolution = undefined;
    } else if (path.length === 2 && path[1] === 'version') version = value;
    else if (path.length === 2 && path[1] === 'resolution') resolution = value;
  }
  addLater(key, version, resolution, list);
}

function addLater(key: string, version: string | undefined, resolution: string | undefined, list: PackageList): void {
  if (key === '' || key === '__metadata') return;
  const { name, range } = parted(resolution ?? key);
  if (/^(?:workspace|link|portal|exec):/.test(range)) return;
  if (range.startsWith('file:') && !/\.t(?:ar\.)?gz/.test(range)) return;
  const commit = /#commit=([\da-f]+)/.exec(range)?.[1];
  list.add({
    ...splitScope(name),
    version,
    ...(commit === undefined ? {} : { qualifiers: vcsQualifiers(range, commit) }),
  });
}
