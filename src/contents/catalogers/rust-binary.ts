import { inflateSync } from 'node:zlib';
import { isObject, type JsonValue, listIn, textIn } from '../../model/json.ts';
import { type Binary, type BinaryPart, sectionOf } from '../binary/binary.ts';
import { readBinaries } from '../binary/read-binaries.ts';
import { readExactly } from '../../syntax/bytes.ts';
import {
  CatalogerError,
  type CatalogerReading,
  defineCataloger,
  type FoundPackage,
  type ReadingGap,
} from '../cataloger.ts';
import { readJsonBytes } from '../languages/json-text.ts';

/** Compressed and not: the list of a program with a thousand crates has 150 kB. */
const maximumSection = 4 * 1024 ** 2;
const maximumList = 16 * 1024 ** 2;
const maximumCrates = 20_000;

/**
 * Crates in Rust programs that were built with cargo-auditable. Crates that only build scripts and macros use are told as declared and for
 * development: they ran, but are not in the program. A crate that did not come from crates.io has its origin as qualifier `source`:
 * `git`, `local` (the program itself, and members of its workspace), or another registry.
 */
export const rustBinary = defineCataloger({
  id: 'rust-binary',
  version: 1,
  reads: {
    en: 'lists of crates in Rust programs that were built with cargo-auditable',
    zh: '使用 cargo-auditable 构建的 Rust 程序中的 crate 清单',
  },
  globs: [],
  binaries: true,
  limit: 4 * 1024 ** 3,

  read: ({ content }) => readBinaries(content, readBinary, keyOf),
});

function keyOf({ name, version, qualifiers, state }: FoundPackage): string {
  return `${name} ${version} ${qualifiers?.['source']} ${state}`;
}

function readBinary(binary: Binary): CatalogerReading {
  const section = sectionOf(binary, '.dep-v0');
  if (section && section.size > 0) return readList(binary, section);
  return isRustProgram(binary) ? { gaps: [withoutList] } : {};
}

/** The compiler leaves its name where compilers do; distributions take that section out. */
function isRustProgram(binary: Binary): boolean {
  const comment = sectionOf(binary, '.comment');
  return (
    comment !== undefined && binary.content.read(comment.offset, Math.min(comment.size, 4096)).includes('rustc version')
  );
}

function readList(binary: Binary, section: BinaryPart): CatalogerReading {
  const crates = cratesIn(inflated(binary, section));
  const packages: FoundPackage[] = [];
  let unread = Math.max(0, crates.length - maximumCrates);
  for (const crate of crates.slice(0, maximumCrates)) {
    const found = packageOf(crate);
    if (found) packages.push(found);
    else unread += 1;
  }
  return { packages, gaps: unread > 0 ? [withoutName(unread)] : [] };
}

function inflated(binary: Binary, section: BinaryPart): Buffer {
  const compressed =
    section.size > maximumSection ? undefined : readExactly(binary.content, section.offset, section.size);
  if (!compressed) throw damaged();
  try {
    return inflateSync(compressed, { maxOutputLength: maximumList });
  } catch {
    throw damaged();
  }
}

/** The list as https://github.com/rust-secure-code/cargo-auditable/blob/master/cargo-auditable.schema.json has it. */
function cratesIn(list: Buffer): readonly JsonValue[] {
  let value: JsonValue;
  try {
    value = readJsonBytes(list);
  } catch {
    throw damaged();
  }
  if (!isObject(value) || !Array.isArray(value['packages'])) throw damaged();
  return listIn(value, 'packages');
}

function packageOf(crate: JsonValue): FoundPackage | undefined {
  const name = textIn(crate, 'name');
  const version = textIn(crate, 'version');
  const source = textIn(crate, 'source');
  if (!name || version === undefined) return undefined;
  return {
    type: 'cargo',
    name,
    version,
    ...(source !== undefined && source !== 'crates.io' ? { qualifiers: { source } } : {}),
    ...(textIn(crate, 'kind') === 'build' ? { state: 'declared', development: true } : {}),
  };
}

function damaged(): CatalogerError {
  return new CatalogerError({
    en: 'its list of crates (`.dep-v0`) is damaged or too large',
    zh: '其 crate 清单（`.dep-v0`）已损坏或过大',
  });
}

const withoutList: ReadingGap = {
  reason: { en: 'a Rust program without a list of its crates', zh: '不含 crate 清单的 Rust 程序' },
  need: { en: 'a program that was built with cargo-auditable', zh: '使用 cargo-auditable 构建的程序' },
};

function withoutName(count: number): ReadingGap {
  return {
    reason: {
      en: `${count} entries of its list of crates have no name or no version, or are too many`,
      zh: `其 crate 清单中有 ${count} 项缺少名称或版本，或超出数量上限`,
    },
    need: { en: 'a list as cargo-auditable writes it', zh: '由 cargo-auditable 写出的清单' },
  };
}
