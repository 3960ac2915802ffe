import type { FileContent } from '../../model/file-tree.ts';
import type { Binary, BinaryPart } from './binary.ts';
import { type NumberReader, numberReader, partOf, readExactly, textUntilZero } from '../../syntax/bytes.ts';

const maximumArchitectures = 16;
const maximumCommands = 1024 ** 2;

/** The magic number of a file of one architecture, in its own order of bytes. */
const narrowMagic = 0xfeedface;
const wideMagic = 0xfeedfacf;
const fatMagic = 0xcafebabe;
const wideFatMagic = 0xcafebabf;

const segmentCommand = 0x1;
const wideSegmentCommand = 0x19;

/** Reads the load commands of a Mach-O file (`mach-o/loader.h`, `mach-o/fat.h`), of each architecture in it. */
export function readMachO(content: FileContent): readonly Binary[] {
  const head = content.read(0, 8);
  if (head.length < 8) return [];
  const magic = head.readUInt32BE(0);
  if (magic !== fatMagic && magic !== wideFatMagic) {
    const binary = readArchitecture(content);
    return binary ? [binary] : [];
  }
  // A Java class begins with the same four bytes; what follows is its version, 45 or more.
  const count = head.readUInt32BE(4);
  if (count > maximumArchitectures) return [];
  const isWide = magic === wideFatMagic;
  const rowSize = isWide ? 32 : 20;
  const rows = Buffer.from(content.read(8, count * rowSize));
  const binaries: Binary[] = [];
  let room = content.size;
  const numbers = numberReader(false);
  for (let at = 0; at + rowSize <= rows.length; at += rowSize) {
    const offset = isWide ? numbers.long(rows, at + 8) : numbers.word(rows, at + 8);
    const size = isWide ? numbers.long(rows, at + 16) : numbers.word(rows, at + 12);
    room -= size;
    // They share the file: those that take more than it has lie over each other.
    if (room < 0) break;
    const binary = readArchitecture(partOf(content, offset, size));
    if (binary) binaries.push(binary);
  }
  return binaries;
}

function readArchitecture(content: FileContent): Binary | undefined {
  const head = readExactly(content, 0, 28);
  if (!head) return undefined;
  const isLittleEndian = head.readUInt32LE(0) === narrowMagic || head.readUInt32LE(0) === wideMagic;
  const numbers = numberReader(isLittleEndian);
  const magic = numbers.word(head, 0);
  if (magic !== narrowMagic && magic !== wideMagic) return undefined;
  const isWide = magic === wideMagic;
  const commands = content.read(isWide ? 32 : 28, Math.min(numbers.word(head, 20), maximumCommands));
  const { sections, segments } = partsOf(content, commands, numbers);
  return {
    format: 'mach-o',
    pointerSize: isWide ? 8 : 4,
    isLittleEndian,
    content,
    sections,
    segments: () => segments,
  };
}

function partsOf(content: FileContent, commands: Buffer, numbers: NumberReader) {
  const sections: BinaryPart[] = [];
  const segments: BinaryPart[] = [];
  for (let at = 0; at + 8 <= commands.length;) {
    const command = numbers.word(commands, at);
    const length = numbers.word(commands, at + 4);
    if (length < 8 || at + length > commands.length) break;
    const isWide = command === wideSegmentCommand;
    if (isWide || command === segmentCommand) {
      readSegment({ content, bytes: commands.subarray(at, at + length), numbers, isWide, sections, segments });
    }
    at += length;
  }
  return { sections, segments };
}

interface SegmentReading {
  readonly content: FileContent;
  /** The load command. */
  readonly bytes: Buffer;
  readonly numbers: NumberReader;
  readonly isWide: boolean;
  readonly sections: BinaryPart[];
  readonly segments: BinaryPart[];
}

function readSegment({ content, bytes, numbers, isWide, sections, segments }: SegmentReading): void {
  const headerSize = isWide ? 72 : 56;
  if (bytes.length < headerSize) return;
  const word = isWide ? numbers.long : numbers.word;
  const step = isWide ? 8 : 4;
  const protection = numbers.word(bytes, headerSize - 12);
  const flags = { isWritable: (protection & 2) !== 0, isExecutable: (protection & 4) !== 0 };
  const inside = (offset: number, size: number) => Math.max(0, Math.min(size, content.size - offset));
  const offset = word(bytes, 24 + 2 * step);
  segments.push({
    name: textUntilZero(bytes, 8, 16),
    address: word(bytes, 24),
    offset,
    size: inside(offset, word(bytes, 24 + 3 * step)),
    ...flags,
  });
  const sectionSize = isWide ? 80 : 68;
  for (let at = headerSize; at + sectionSize <= bytes.length; at += sectionSize) {
    const start = numbers.word(bytes, at + 32 + 2 * step);
    // Of what is only zeroes in memory the file has nothing: such a section begins at 0.
    const size = start === 0 ? 0 : inside(start, word(bytes, at + 32 + step));
    sections.push({
      name: textUntilZero(bytes, at, 16),
      address: word(bytes, at + 32),
      offset: start,
      size,
      ...flags,
    });
  }
}
