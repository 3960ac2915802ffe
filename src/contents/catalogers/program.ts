import type { Binary, BinaryPart } from '../binary/binary.ts';
import { binariesIn } from '../binary/binaries-in.ts';
import { placesOf, type Stretch } from '../binary/search.ts';
import { defineCataloger } from '../cataloger.ts';
import { type KnownProgram, knownPrograms } from '../known-programs.ts';

/** Bytes around the text that is searched for, in which the version must stand. */
const before = 128;
const after = 128;

/** Bytes that are searched of one program; the largest has some 60 MB of data. */
const maximumSearched = 256 * 1024 ** 2;
const maximumCandidates = 2000;
/** Each means searching the program again. */
const maximumConfirmations = 3;

/** Well-known programs that no package manager tells of, by the version that stands in them. */
export const program = defineCataloger({
  id: 'program',
  version: 1,
  reads: {
    en: 'well-known programs and libraries that were installed without a package manager: Node.js, Python, nginx, OpenSSL and others',
    zh: '未经软件包管理器安装的常见程序与库：Node.js、Python、nginx、OpenSSL 等',
  },
  globs: [],
  binaries: true,
  limit: 4 * 1024 ** 3,

  read(file) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    if (name.length > 100) return {};
    for (const known of knownPrograms) {
      const called = known.files.exec(name);
      if (!called) continue;
      const near = Buffer.from(typeof known.near === 'string' ? known.near : known.near(called), 'latin1');
      for (const binary of binariesIn(file.content)) {
        const version = versionIn(binary, known, near);
        if (version !== undefined) return { packages: [{ type: 'generic', name: known.name, version }] };
      }
    }
    return {};
  },
});

function versionIn(binary: Binary, known: KnownProgram, near: Buffer): string | undefined {
  const expression = new RegExp(known.version, 'g');
  let confirmations = 0;
  for (const [place, part] of placesIn(binary, near)) {
    const start = Math.max(part.offset, place - before);
    const text = binary.content.read(start, place - start + near.length + after).toString('latin1');
    // What is wanted begins a string, and the first string begins the part.
    const isFirst = start === part.offset;
    const at = place - start + (isFirst ? 1 : 0);
    for (const match of (isFirst ? `\0${text}` : text).matchAll(expression)) {
      const version = match[1];
      const isThere = match.index < at + near.length && at < match.index + match[0].length;
      if (!isThere || version === undefined) continue;
      if (!known.isRunTogether) return version;
      const confirmed = standingAlone(binary, version);
      confirmations += 1;
      if (confirmed !== undefined || confirmations === maximumConfirmations) return confirmed;
    }
  }
  return undefined;
}

function* placesIn(binary: Binary, wanted: Buffer): Generator<readonly [number, Stretch]> {
  let candidates = 0;
  for (const part of dataOf(binary)) {
    for (const place of placesOf(binary.content, wanted, part)) {
      yield [place, part];
      candidates += 1;
      if (candidates === maximumCandidates) return;
    }
  }
}

/** Where the program keeps its texts; the file as a whole where it does not say. */
function dataOf({ sections, content }: Binary): readonly Stretch[] {
  const parts = sections.filter(isData);
  const searched: Stretch[] = [];
  let size = 0;
  for (const part of parts.length > 0 ? parts : [{ offset: 0, size: content.size }]) {
    if (size + part.size > maximumSearched) continue;
    searched.push(part);
    size += part.size;
  }
  return searched;
}

/** Part of the running program, and neither code nor the tables that link it. */
function isData({ name, address, size, isExecutable }: BinaryPart): boolean {
  const isText = !isExecutable || name.startsWith('__c');
  return isText && address > 0 && size > 0 && !/^\.(?:dyn|gnu|rel|eh_|note|interp|hash|init|fini)/.test(name);
}

/** The longest beginning of a version that is a text by itself. */
function standingAlone(binary: Binary, version: string): string | undefined {
  for (let end = version.length; /\.\d+$/.test(version.slice(0, end)); end -= 1) {
    const candidate = version.slice(0, end);
    for (const [place, part] of placesIn(binary, Buffer.from(`${candidate}\0`, 'latin1'))) {
      if (place === part.offset || binary.content.read(place - 1, 1)[0] === 0) return candidate;
    }
  }
  return undefined;
}
