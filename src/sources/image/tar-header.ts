import { entryName } from './entry-name.ts';

export const blockSize = 512;

/** A number that no file and no position in one can have. */
const impossible = -1;

/** One header block, with the fields that every format has. Facts: POSIX pax, GNU tar's manual, star(5). */
export interface TarHeader {
  /** With the prefix of ustar in front. */
  readonly name: string;
  readonly link: string;
  /** One character; NUL for regular files of the oldest archives. */
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes; -1 where the field makes no sense. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly major: number;
  readonly minor: number;
  readonly format: TarFormat;
}

export type TarFormat = 'v7' | 'ustar' | 'star' | 'gnu';

const zeros = Buffer.alloc(blockSize);

/** Whether it is one of the two blocks that end an archive. */
export function isZeroBlock(block: Buffer): boolean {
  return block[0] === 0 && block.equals(zeros);
}

/** Reads a whole block; `undefined` where its checksum does not hold: then it is no header. */
export function readHeader(block: Buffer): TarHeader | undefined {
  if (!hasChecksum(block)) return undefined;
  const format = formatOf(block);
  const name = textAt(block, 0, 100);
  const prefix = format === 'ustar' ? textAt(block, 345, 155) : format === 'star' ? textAt(block, 345, 131) : '';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    link: textAt(block, 157, 100),
    type: String.fromCharCode(block[156] ?? 0),
    mode: Math.max(0, numberAt(block, 100, 8) ?? 0) & 0o7777,
    uid: numberAt(block, 108, 8) ?? 0,
    gid: numberAt(block, 116, 8) ?? 0,
    size: sizeAt(block, 124),
    modified: numberAt(block, 136, 12) ?? 0,
    major: format === 'v7' ? 0 : (numberAt(block, 329, 8) ?? 0),
    minor: format === 'v7' ? 0 : (numberAt(block, 337, 8) ?? 0),
    format,
  };
}

function formatOf(block: Buffer): TarFormat {
  // `ustar`, NUL, `00`, or, of GNU, `ustar`, two spaces, NUL.
  if (block.readUInt32BE(257) !== 0x75737461 || block[261] !== 0x72) return 'v7';
  if (block[262] === 0x20 && block[263] === 0x20 && block[264] === 0) return 'gnu';
  if (block[262] !== 0 || block[263] !== 0x30 || block[264] !== 0x30) return 'v7';
  return block.readUInt32BE(508) === 0x74617200 ? 'star' : 'ustar';
}

/** The sum of all bytes, the checksum's own taken as spaces. Some old programs summed up signed bytes. */
function hasChecksum(block: Buffer): boolean {
  const written = numberAt(block, 148, 8);
  if (written === undefined) return false;
  let sum = 8 * 0x20;
  for (let index = 0; index < 148; index += 1) sum += block[index] ?? 0;
  for (let index = 156; index < blockSize; index += 1) sum += block[index] ?? 0;
  if (sum === written) return true;
  let above = 0;
  for (let index = 0; index < blockSize; index += 1) {
    if ((index < 148 || index >= 156) && (block[index] ?? 0) > 127) above += 1;
  }
  return sum - above * 256 === written;
}

/** A size or an offset of 12 bytes; -1 where it is negative, too large to be one, or no number. */
export function sizeAt(block: Buffer, start: number): number {
  const value = numberAt(block, start, 12);
  return value === undefined || value < 0 ? impossible : value;
}

/**
 * A number as octal digits, or, where the first bit is set, in base 256, negative ones in two's complement. An empty
 * field is 0; `undefined` for what is neither, or beyond 2^53.
 */
export function numberAt(block: Buffer, start: number, length: number): number | undefined {
  const first = block[start] ?? 0;
  if (first >= 0x80) return binaryAt(block, start, length, first);
  let index = start;
  const end = start + length;
  while (index < end && (block[index] === 0x20 || block[index] === 0)) index += 1;
  let value = 0;
  for (; index < end; index += 1) {
    const digit = block[index] ?? 0;
    if (digit === 0 || digit === 0x20) break;
    if (digit < 0x30 || digit > 0x37) return undefined;
    value = value * 8 + (digit - 0x30);
  }
  return value;
}

function binaryAt(block: Buffer, start: number, length: number, first: number): number | undefined {
  const isNegative = (first & 0x40) !== 0;
  let value = isNegative ? (first | 0x80) - 0x100 : first & 0x7f;
  for (let index = start + 1; index < start + length; index += 1) {
    value = value * 256 + (block[index] ?? 0);
    if (!Number.isSafeInteger(value)) return undefined;
  }
  return value;
}

/** Up to the first NUL. */
export function textAt(block: Buffer, start: number, length: number): string {
  let end = start;
  let isPlain = true;
  for (; end < start + length; end += 1) {
    const byte = block[end] ?? 0;
    if (byte === 0) break;
    if (byte > 127) isPlain = false;
  }
  if (end === start) return '';
  return isPlain ? block.toString('latin1', start, end) : entryName(block.subarray(start, end));
}
