import type { FileContent } from '../../model/file-tree.ts';
import type { Binary, BinaryPart } from './binary.ts';
import { type NumberReader, numberReader, readExactly, textUntilZero } from '../../syntax/bytes.ts';

/** Programs have some forty; object files more, which are of no interest here. */
const maximumParts = 4096;
const maximumNames = 1024 ** 2;
/** Longer ones are none that are looked for. */
const longestName = 64;

const loadedSegment = 1;
const sectionWithoutBytes = 8;

/** Where the fields of the headers are, for 32 and 64 bits: the System V application binary interface, chapters 4 and 5. */
interface Layout {
  readonly isWide: boolean;
  readonly numbers: NumberReader;
  readonly headerSize: number;
}

/** Reads the tables of an ELF file, given its first 64 bytes. A table that is damaged counts as none. */
export function readElf(content: FileContent, bytes: Buffer): Binary | undefined {
  const isWide = bytes[4] === 2;
  const isLittleEndian = bytes[5] === 1;
  if ((!isWide && bytes[4] !== 1) || (!isLittleEndian && bytes[5] !== 2)) return undefined;
  const layout: Layout = { isWide, numbers: numberReader(isLittleEndian), headerSize: isWide ? 64 : 52 };
  if (bytes.length < layout.headerSize) return undefined;
  const header = Buffer.from(bytes);
  return {
    format: 'elf',
    pointerSize: isWide ? 8 : 4,
    isLittleEndian,
    content,
    sections: sectionsOf(content, header, layout),
    segments: () => segmentsOf(content, header, layout),
  };
}

function wordOf(bytes: Buffer, at: number, { isWide, numbers }: Layout): number {
  return isWide ? numbers.long(bytes, at) : numbers.word(bytes, at);
}

function segmentsOf(content: FileContent, header: Buffer, layout: Layout): readonly BinaryPart[] {
  const { isWide, numbers } = layout;
  const start = wordOf(header, isWide ? 32 : 28, layout);
  const entrySize = numbers.short(header, isWide ? 54 : 42);
  const count = Math.min(numbers.short(header, isWide ? 56 : 44), maximumParts);
  if (entrySize < (isWide ? 56 : 32)) return [];
  const table = readExactly(content, start, entrySize * count);
  if (!table) return [];
  const segments: BinaryPart[] = [];
  for (let at = 0; at < table.length; at += entrySize) {
    if (numbers.word(table, at) !== loadedSegment) continue;
    const flags = numbers.word(table, at + (isWide ? 4 : 24));
    const offset = wordOf(table, at + (isWide ? 8 : 4), layout);
    segments.push({
      name: '',
      address: wordOf(table, at + (isWide ? 16 : 8), layout),
      offset,
      size: sizeInside(content, offset, wordOf(table, at + (isWide ? 32 : 16), layout)),
      isWritable: (flags & 2) !== 0,
      isExecutable: (flags & 1) !== 0,
    });
  }
  return segments;
}

function sectionsOf(content: FileContent, header: Buffer, layout: Layout): readonly BinaryPart[] {
  const { isWide, numbers } = layout;
  const start = wordOf(header, isWide ? 40 : 32, layout);
  const entrySize = numbers.short(header, isWide ? 58 : 46);
  const count = Math.min(numbers.short(header, isWide ? 60 : 48), maximumParts);
  const nameTable = numbers.short(header, isWide ? 62 : 50);
  if (start === 0 || nameTable >= count || entrySize < (isWide ? 64 : 40)) return [];
  const table = readExactly(content, start, entrySize * count);
  if (!table) return [];
  // The next read may write over the table.
  const rows = Buffer.from(table);
  const named = partAt(content, rows, nameTable * entrySize, layout);
  const names = readExactly(content, named.offset, Math.min(named.size, maximumNames));
  if (!names) return [];
  const sections: BinaryPart[] = [];
  for (let at = 0; at < rows.length; at += entrySize) {
    const name = numbers.word(rows, at);
    if (name === 0 || name >= names.length) continue;
    sections.push(partAt(content, rows, at, layout, textUntilZero(names, name, longestName)));
  }
  return sections;
}

function partAt(content: FileContent, rows: Buffer, at: number, layout: Layout, name = ''): BinaryPart {
  const { isWide, numbers } = layout;
  const flags = numbers.word(rows, at + 8);
  const offset = wordOf(rows, at + (isWide ? 24 : 16), layout);
  const isEmpty = numbers.word(rows, at + 4) === sectionWithoutBytes;
  return {
    name,
    address: wordOf(rows, at + (isWide ? 16 : 12), layout),
    offset,
    size: isEmpty ? 0 : sizeInside(content, offset, wordOf(rows, at + (isWide ? 32 : 20), layout)),
    isWritable: (flags & 1) !== 0,
    isExecutable: (flags & 4) !== 0,
  };
}

/** What of a part is in the file. */
function sizeInside(content: FileContent, offset: number, size: number): number {
  return Math.max(0, Math.min(size, content.size - offset));
}
