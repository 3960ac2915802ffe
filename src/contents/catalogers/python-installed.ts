import { posix } from 'node:path';
import { type CatalogedFile, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { licensesInMetadata } from '../languages/licenses.ts';
import { PackageList } from '../languages/package-list.ts';
import { linesOf } from '../languages/text-lines.ts';
import { readStanzas } from '../stanzas.ts';
import { SystemPackages } from '../system-packages.ts';

/** Python packages where an interpreter finds them. */
export const pythonInstalled = defineCataloger({
  id: 'python-installed',
  version: 1,
  reads: {
    en: '`METADATA` and `RECORD` of `.dist-info`, `PKG-INFO` and `installed-files.txt` of `.egg-info` and `.egg` folders',
    zh: '`.dist-info` 的 `METADATA` 和 `RECORD`，`.egg-info` 与 `.egg` 目录的 `PKG-INFO` 和 `installed-files.txt`',
  },
  globs: [
    '**/*.dist-info/METADATA',
    '**/*.dist-info/RECORD',
    '**/*.egg-info',
    '**/*.egg-info/PKG-INFO',
    '**/*.egg-info/installed-files.txt',
    '**/*.egg/EGG-INFO/PKG-INFO',
  ],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInTestsOfPackage(file.path)) return {};
    if (file.path.endsWith('/RECORD')) return recordOf(file);
    if (file.path.endsWith('/installed-files.txt')) return installedFilesOf(file);
    return packageOf(file);
  },
});

function packageOf(file: CatalogedFile): CatalogerReading {
  const id = ownerOf(file.path);
  // The text below the first empty line is the description, whatever stands in it.
  const [fields = new Map<string, string>()] = readStanzas(headOf(file.text()));
  const folder = namedIn(id);
  const name = fields.get('name') ?? folder?.name;
  const version = fields.get('version') ?? folder?.version;
  if (isOfInterpreter(id, name)) return {};
  const licenses = licensesInMetadata(fields);
  const list = new PackageList({ type: 'pypi' });
  list.add({ name, version, ...(licenses.length > 0 ? { licenses } : {}), id });
  return list.reading();
}

/** Fields, the whole text of a license among them. */
const longestHead = 1024 ** 2;

function headOf(text: string): string {
  const head = text.slice(0, longestHead);
  const end = /\r?\n\r?\n/.exec(head)?.index;
  return end === undefined ? head : head.slice(0, end);
}

/** Packages bring packages to test how they are found. */
function isInTestsOfPackage(path: string): boolean {
  return /(?:site|dist)-packages\/(?:[^/]+\/)+tests?\//.test(path);
}

/** The folder, or the file, that stands for the package. */
function ownerOf(path: string): string {
  if (path.endsWith('.egg-info')) return path;
  const folder = posix.dirname(path);
  return folder.endsWith('/EGG-INFO') ? posix.dirname(folder) : folder;
}

/** `name-1.0.dist-info`, `name-1.0-py3.11.egg-info`. */
function namedIn(id: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = /^([^-]+)-([^-]+)(?:-[^/]*)?\.(?:dist-info|egg-info|egg)$/.exec(posix.basename(id)) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** Older interpreters said so of themselves and of parts of their standard library. */
function isOfInterpreter(id: string, name: string | undefined): boolean {
  return /^(?:Python|wsgiref|argparse)$/.test(name ?? '') && !/(?:site|dist)-packages\//.test(id);
}

/** `six.py,sha256=…,34549`: paths as seen from the folder that has the package's own; digests in base64url. */
function recordOf(file: CatalogedFile): CatalogerReading {
  const found = new SystemPackages('pip');
  const owner = ownerOf(file.path);
  const paths: string[] = [];
  const digests: string[] = [];
  for (const line of linesOf(file.text())) {
    if (line.length > 2 * longestPath) continue;
    const [written = '', digest = ''] = fieldsOf(line);
    const path = resolved(posix.dirname(owner), written);
    if (path === undefined) continue;
    const sum = digest.startsWith('sha256=') ? hexadecimal(digest.slice('sha256='.length)) : '';
    if (!found.hasRoomFor(path, sum)) break;
    paths.push(path);
    digests.push(sum);
  }
  found.own({ owner, paths, digests, algorithm: 'sha256' });
  return found.reading();
}

/** Of a line of comma-separated values; quoted where a name has a comma in it. */
function fieldsOf(line: string): readonly string[] {
  if (!line.startsWith('"')) return line.split(',', 2);
  const end = /"(?:,|$)/.exec(line.slice(1));
  if (!end) return [];
  return [line.slice(1, end.index + 1).replaceAll('""', '"'), line.slice(end.index + 3).split(',', 1)[0] ?? ''];
}

function hexadecimal(base64url: string): string {
  const digest = Buffer.from(base64url, 'base64url');
  return digest.length === 32 ? digest.toString('hex') : '';
}

/** One path a line, as seen from the `.egg-info` folder. */
function installedFilesOf(file: CatalogedFile): CatalogerReading {
  const found = new SystemPackages('pip');
  const owner = ownerOf(file.path);
  const paths: string[] = [];
  for (const line of linesOf(file.text())) {
    const path = resolved(owner, line.trim());
    if (path === undefined) continue;
    if (!found.hasRoomFor(path)) break;
    paths.push(path);
  }
  found.own({ owner, paths });
  return found.reading();
}

const longestPath = 4096;

/** Without a leading slash; undefined for what leads out of the root. */
function resolved(folder: string, written: string): string | undefined {
  if (written === '' || written.length > longestPath) return undefined;
  const path = posix.normalize(posix.isAbsolute(written) ? written.slice(1) : `${folder}/${written}`);
  return path.startsWith('../') || path === '..' || path === '.' ? undefined : path.replace(/^\/+/, '');
}
