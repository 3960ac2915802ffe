import type { FileContent } from '../model/file-tree.ts';

/** A part of a file as a file of its own; what lies outside of the file is not there. */
export function partOf(content: FileContent, offset: number, size: number): FileContent {
  const length = Math.max(0, Math.min(size, content.size - offset));
  return {
    size: length,
    read: (from, count) =>
      from >= length || from < 0 ? Buffer.alloc(0) : content.read(offset + from, Math.min(count, length - from)),
  };
}

/** Bytes in memory as a file. */
export function contentOfBytes(bytes: Buffer): FileContent {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** Exactly `length` bytes, or nothing where the file is shorter, or the place cannot be one. */
export function readExactly(content: FileContent, offset: number, length: number): Buffer | undefined {
  if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > content.size) return undefined;
  const bytes = content.read(offset, length);
  return bytes.length === length ? bytes : undefined;
}

/** Numbers in the order of bytes that a format was written in. */
export interface NumberReader {
  readonly short: (bytes: Buffer, at: number) => number;
  readonly word: (bytes: Buffer, at: number) => number;
  /** 64 bits: exact up to 2⁵³, and only good for comparing beyond. */
  readonly long: (bytes: Buffer, at: number) => number;
}

const littleEndian: NumberReader = {
  short: (bytes, at) => bytes.readUInt16LE(at),
  word: (bytes, at) => bytes.readUInt32LE(at),
  long: (bytes, at) => bytes.readUInt32LE(at + 4) * 2 ** 32 + bytes.readUInt32LE(at),
};

const bigEndian: NumberReader = {
  short: (bytes, at) => bytes.readUInt16BE(at),
  word: (bytes, at) => bytes.readUInt32BE(at),
  long: (bytes, at) => bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4),
};

export function numberReader(isLittleEndian: boolean): NumberReader {
  return isLittleEndian ? littleEndian : bigEndian;
}

/** The text at a place up to a zero byte, or so many bytes. */
export function textUntilZero(bytes: Buffer, at: number, length: number): string {
  const text = bytes.subarray(at, at + length);
  const zero = text.indexOf(0);
  return text.toString('latin1', 0, zero < 0 ? text.length : zero);
}
