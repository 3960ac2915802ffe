import { zstdDecompressSync } from 'node:zlib';
import { isObject, type JsonObject, type JsonValue, textIn } from '../../model/json.ts';
import { type CatalogedFile, CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { textsIn } from '../bills/json-texts.ts';
import { shortened } from '../languages/package-list.ts';
import { linesOf } from '../languages/text-lines.ts';
import { SystemPackages } from '../system-packages.ts';

/** Packages of Ubuntu's chiselled images, which have parts of packages and no database of dpkg. */
export const chisel = defineCataloger({
  id: 'chisel',
  version: 1,
  reads: {
    en: "Chisel's manifest of chiselled Ubuntu images (`manifest.wall`), with its lists of files and checksums; it does not tell source packages",
    zh: 'Ubuntu 精简（chiselled）镜像的 Chisel 清单（`manifest.wall`）及其文件清单与校验和；其中没有源码包的名称',
  },
  globs: ['var/lib/chisel/manifest.wall'],
  limit: 16 * 1024 ** 2,
  read: readManifest,
});

/** Bytes. The manifest of an image with a thousand files has half a million. */
const mostUnpacked = 64 * 1024 ** 2;

/** The kernel's longest path is a sixteenth of it; a folder may be in slices of many packages. */
const longestLine = 64 * 1024;

/** After so many broken lines the rest is none either. */
const mostBroken = 10_000;

/** What a manifest tells so far. */
interface Told {
  readonly found: SystemPackages;
  readonly files: Map<string, { readonly paths: string[]; readonly digests: string[] }>;
}

/**
 * One JSON object a line: a header with the number of lines, then in any order what each `kind` tells. A `slice` is a part of a package,
 * named `package_part`; a `path` says which slices brought it.
 */
function readManifest(file: CatalogedFile): CatalogerReading {
  const told: Told = { found: new SystemPackages('Chisel'), files: new Map() };
  const { found, files } = told;
  let [read, broken] = [0, 0];
  let announced: number | undefined;
  for (const line of linesOf(unpacked(file))) {
    if (line === '') continue;
    read += 1;
    const entry = objectIn(line);
    if (read === 1) announced = announcedIn(entry, found);
    else if (!entry) broken += 1;
    else take(entry, told);
    if (broken > mostBroken) break;
  }
  if (read === 0) throw notManifest();
  for (const [owner, owned] of files) found.own({ owner, ...owned, algorithm: 'sha256' });
  if (broken > 0) found.addGap(brokenReason(broken));
  if (announced !== undefined && read < announced && broken <= mostBroken) found.addGap(shortReason(read, announced));
  return found.reading();
}

function unpacked(file: CatalogedFile): string {
  try {
    return zstdDecompressSync(file.bytes(), { maxOutputLength: mostUnpacked }).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') {
      throw new CatalogerError({
        en: 'it cannot be unpacked: it is no whole file of zstd',
        zh: '无法解压：不是完整的 zstd 文件',
      });
    }
    const most = mostUnpacked / 1024 ** 2;
    throw new CatalogerError({ en: `it unpacks to more than ${most} MiB`, zh: `解压后超过 ${most} MiB` });
  }
}

function objectIn(line: string): JsonObject | undefined {
  if (line.length > longestLine) return undefined;
  try {
    const value = JSON.parse(line) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How many lines the header says that there are, itself among them. */
function announcedIn(header: JsonObject | undefined, found: SystemPackages): number | undefined {
  if (textIn(header, 'jsonwall') === undefined) throw notManifest();
  const schema = textIn(header, 'schema') ?? '';
  if (!/^1(?:\.|$)/.test(schema)) {
    found.addGap({
      en: `its schema is ${schema === '' ? 'not told' : shortened(schema)}, and not 1.0: what it tells may not be all`,
      zh: `其模式版本${schema === '' ? '未注明' : `为 ${shortened(schema)}`}，不是 1.0：读到的内容可能不完整`,
    });
  }
  const count = header?.['count'];
  return typeof count === 'number' ? count : undefined;
}

function take(entry: JsonObject, told: Told): void {
  const kind = textIn(entry, 'kind');
  if (kind === 'package') takePackage(entry, told);
  else if (kind === 'path') takePath(entry, told);
}

/** Without a source: none is told, and it often has another name. */
function takePackage(entry: JsonObject, { found }: Told): void {
  const name = textIn(entry, 'name');
  const version = textIn(entry, 'version');
  const architecture = textIn(entry, 'arch');
  if (!name || !version) return found.addNameless(name);
  found.add({
    type: 'deb',
    name,
    version,
    ...(architecture ? { architecture, qualifiers: { arch: architecture } } : {}),
    id: name,
  });
}

/** Scripts of slices change files while they are put there: then `final_sha256` is what the file had in the end. */
function takePath(entry: JsonObject, { found, files }: Told): void {
  const path = (textIn(entry, 'path') ?? '').replace(/^\//, '');
  // Folders are of many packages.
  if (path === '' || path.endsWith('/')) return;
  const written = textIn(entry, 'final_sha256') ?? textIn(entry, 'sha256') ?? '';
  // What is below `etc` is there to be changed, as dpkg has it too.
  const digest = !path.startsWith('etc/') && /^[\da-f]{64}$/.test(written) ? written : '';
  const owners = new Set(textsIn(entry, 'slices').map((slice) => slice.split('_', 1)[0] ?? ''));
  for (const owner of owners) {
    if (owner === '' || !found.hasRoomFor(path, digest)) continue;
    const owned = files.get(owner) ?? { paths: [], digests: [] };
    files.set(owner, owned);
    owned.paths.push(path);
    owned.digests.push(digest);
  }
}

function notManifest(): CatalogerError {
  return new CatalogerError({
    en: 'it does not begin with the header of a manifest (`jsonwall`)',
    zh: '开头没有清单的文件头（`jsonwall`）',
  });
}

function brokenReason(count: number) {
  if (count > mostBroken) {
    return {
      en: `more than ${mostBroken} lines are no JSON objects: what comes after them is left out`,
      zh: `超过 ${mostBroken} 行不是 JSON 对象：其后的内容未读取`,
    };
  }
  return count === 1
    ? { en: 'a line is no JSON object', zh: '有一行不是 JSON 对象' }
    : { en: `${count} lines are no JSON objects`, zh: `有 ${count} 行不是 JSON 对象` };
}

function shortReason(read: number, announced: number) {
  return {
    en: `it has ${read} lines, and says that there are ${announced}: packages may be missing`,
    zh: `共有 ${read} 行，而文件头注明为 ${announced} 行：可能缺少软件包`,
  };
}
