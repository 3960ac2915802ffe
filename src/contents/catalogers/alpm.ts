import { type CatalogedFile, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { linesOf } from '../languages/text-lines.ts';
import { SystemPackages } from '../system-packages.ts';

/** Packages of Arch Linux and what else is made with pacman: a folder each. */
export const alpm = defineCataloger({
  id: 'alpm',
  version: 1,
  reads: {
    en: "pacman's local database (`desc` and `files` of each package)",
    zh: 'pacman 的本地数据库（每个软件包的 `desc` 与 `files`）',
  },
  globs: ['var/lib/pacman/local/*/desc', 'var/lib/pacman/local/*/files'],

  read(file) {
    const [name = '', folder = ''] = file.path.split('/').toReversed();
    return name === 'desc' ? readDescription(file, folder) : readFiles(file, folder);
  },
});

/** Lines that stand below a name in per cent signs, up to an empty line. */
function* entriesOf(text: string): Generator<readonly [name: string, value: string]> {
  let name = '';
  for (const line of linesOf(text)) {
    if (line === '') name = '';
    else if (name === '') name = /^%([A-Z\d]+)%$/.exec(line)?.[1] ?? '';
    else yield [name, line];
  }
}

/** What is asked of a description; it may have any number of others. */
const wanted: ReadonlySet<string> = new Set(['ARCH', 'BASE', 'NAME', 'PACKAGER', 'VERSION']);

function readDescription(file: CatalogedFile, folder: string): CatalogerReading {
  const found = new SystemPackages('pacman');
  const fields = new Map<string, string>();
  const licenses: string[] = [];
  for (const [name, value] of entriesOf(file.text())) {
    if (wanted.has(name) && !fields.has(name)) fields.set(name, value);
    if (name === 'LICENSE' && licenses.length < 100) licenses.push(value);
  }
  const name = fields.get('NAME');
  const version = fields.get('VERSION');
  const architecture = fields.get('ARCH');
  const vendor = fields.get('PACKAGER');
  if (name && version) {
    found.add({
      type: 'alpm',
      name,
      version,
      ...(architecture ? { architecture, qualifiers: { arch: architecture } } : {}),
      source: { name: fields.get('BASE') ?? name, version },
      ...(vendor ? { vendor } : {}),
      licenses,
      id: folder,
    });
  } else found.addNameless(name ?? folder);
  return found.reading();
}

/** Folders end with a slash. */
function readFiles(file: CatalogedFile, owner: string): CatalogerReading {
  const found = new SystemPackages('pacman');
  const paths: string[] = [];
  for (const [name, value] of entriesOf(file.text())) {
    if (name === 'FILES' && found.hasRoomFor(value)) paths.push(value.endsWith('/') ? value.slice(0, -1) : value);
  }
  found.own({ owner, paths });
  return found.reading();
}
