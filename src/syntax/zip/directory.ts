import type { FileContent } from '../../model/file-tree.ts';
import { numberReader, readExactly } from '../bytes.ts';

/** An entry as the central directory has it. The sizes are claims. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored as it is, 8: deflate. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Bytes in the archive. */
  readonly compressedSize: number;
  /** Bytes of the content. */
  readonly size: number;
  /** Of the local header, in the file. */
  readonly offset: number;
}

/** Where an archive's table of entries is. */
export interface ZipDirectory {
  /** In the file. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** What stands before the archive: a script that starts it. To be added to the offsets of entries. */
  readonly shift: number;
}

const { short, word, long } = numberReader(true);

const endSignature = Buffer.from('PK\u0005\u0006');
const endSize = 22;
const longestComment = 0xffff;
/** A comment may hold what looks like ends: each costs a look. */
const maximumEnds = 20;
const wideLocatorSize = 20;
const wideEndSize = 56;

/** Says that the number is elsewhere, in 64 bits. */
const tooLarge = 0xffff_ffff;

/**
 * Finds the table of entries of a ZIP file, as APPNOTE.TXT 6.3.10 has it: at its end, before a comment. As Java does, it takes the last
 * end that fits the file to the byte, and otherwise the last one that leads to a table.
 */
export function zipDirectory(content: FileContent): ZipDirectory | undefined {
  const tailSize = Math.min(content.size, endSize + longestComment);
  const start = content.size - tailSize;
  const tail = readExactly(content, start, tailSize);
  if (!tail) return undefined;
  const ends: { readonly at: number; readonly bytes: Buffer; readonly fits: boolean }[] = [];
  for (let at = tail.lastIndexOf(endSignature); at >= 0; at = at > 0 ? tail.lastIndexOf(endSignature, at - 1) : -1) {
    if (at + endSize > tail.length) continue;
    const bytes = Buffer.from(tail.subarray(at, at + endSize));
    const end = at + endSize + short(bytes, 20);
    if (end <= tail.length) ends.push({ at: start + at, bytes, fits: end === tail.length });
    if (ends.length === maximumEnds) break;
  }
  for (const { at, bytes } of [...ends.filter(({ fits }) => fits), ...ends.filter(({ fits }) => !fits)]) {
    const directory = directoryOf(content, at, bytes);
    if (directory) return directory;
  }
  return undefined;
}

function directoryOf(content: FileContent, at: number, end: Buffer): ZipDirectory | undefined {
  const small = { end: at, size: word(end, 12), offset: word(end, 16) };
  const isWide = small.size === tooLarge || small.offset === tooLarge || short(end, 10) === 0xffff;
  const { end: tableEnd, size, offset } = (isWide ? wideEnd(content, at) : undefined) ?? small;
  // What stands before the archive moves everything, and few writers put that right.
  for (const start of [tableEnd - size, offset]) {
    const signature = size === 0 ? undefined : readExactly(content, start, 4);
    if (size === 0 || (signature && word(signature, 0) === 0x02014b50))
      return { offset: start, size, shift: start - offset };
  }
  return undefined;
}

function wideEnd(content: FileContent, at: number) {
  const locator = readExactly(content, at - wideLocatorSize, wideLocatorSize);
  if (!locator || word(locator, 0) !== 0x07064b50) return undefined;
  for (const place of [long(locator, 8), at - wideLocatorSize - wideEndSize]) {
    const bytes = readExactly(content, place, wideEndSize);
    if (bytes && word(bytes, 0) === 0x06064b50) return { end: place, size: long(bytes, 40), offset: long(bytes, 48) };
  }
  return undefined;
}

const entrySize = 46;
const pieceSize = 64 * 1024;
/** An entry with the longest name, extra field and comment. */
const longestEntry = entrySize + 3 * 0xffff;

/**
 * Shows the entries of an archive in the order of its table until `visit` says false. The answer is whether the table was read to
 * its end, or to where `visit` stopped.
 */
export function visitZipEntries(
  content: FileContent,
  { offset, size, shift }: ZipDirectory,
  visit: (entry: ZipEntry) => boolean,
): boolean {
  let at = offset;
  const end = offset + size;
  let length = pieceSize;
  while (at < end) {
    const piece = content.read(at, Math.min(end - at, length));
    // Whoever is shown an entry may read its content, which writes over the piece.
    const entries: ZipEntry[] = [];
    const used = readEntries(piece, shift, entries);
    for (const entry of entries) if (!visit(entry)) return true;
    if (used === 0 && length === longestEntry) return false;
    length = used === 0 ? longestEntry : pieceSize;
    at += used;
  }
  return true;
}

/** Adds the entries that a piece of the table holds as a whole; answers with their bytes. */
function readEntries(piece: Buffer, shift: number, entries: ZipEntry[]): number {
  let at = 0;
  while (at + entrySize <= piece.length && word(piece, at) === 0x02014b50) {
    const nameEnd = at + entrySize + short(piece, at + 28);
    const extraEnd = nameEnd + short(piece, at + 30);
    const next = extraEnd + short(piece, at + 32);
    if (next > piece.length) break;
    const numbers = wideNumbers(piece.subarray(nameEnd, extraEnd), {
      size: word(piece, at + 24),
      compressedSize: word(piece, at + 20),
      offset: word(piece, at + 42),
    });
    entries.push({
      name: piece.toString('utf8', at + entrySize, nameEnd),
      method: short(piece, at + 10),
      isEncrypted: (short(piece, at + 8) & 1) !== 0,
      size: numbers.size,
      compressedSize: numbers.compressedSize,
      offset: numbers.offset + shift,
    });
    at = next;
  }
  return at;
}

interface EntryNumbers {
  readonly size: number;
  readonly compressedSize: number;
  readonly offset: number;
}

/** Numbers that do not fit into 32 bits stand in an extra field, in this order. */
function wideNumbers(extra: Buffer, { size, compressedSize, offset }: EntryNumbers): EntryNumbers {
  const small = [size, compressedSize, offset];
  if (!small.includes(tooLarge)) return { size, compressedSize, offset };
  for (let at = 0; at + 4 <= extra.length; at += 4 + short(extra, at + 2)) {
    if (short(extra, at) !== 1) continue;
    let field = at + 4;
    const wide = small.map((number) => {
      if (number !== tooLarge || field + 8 > extra.length) return number;
      field += 8;
      return long(extra, field - 8);
    });
    return { size: wide[0] ?? size, compressedSize: wide[1] ?? compressedSize, offset: wide[2] ?? offset };
  }
  return { size, compressedSize, offset };
}
