import { endianness } from 'node:os';

const isLittle = endianness() === 'LE';

/** Whole numbers below 2^32 as bytes, four each, the lowest first. */
export function packNumbers(numbers: ArrayLike<number>): Uint8Array {
  const packed = Buffer.from(Uint32Array.from(numbers).buffer);
  return isLittle ? packed : packed.swap32();
}

/** What `packNumbers` wrote; an incomplete last number is left out. */
export function unpackNumbers(packed: Uint8Array): Uint32Array {
  // A copy: what SQLite hands out may begin anywhere, and numbers may not.
  const own = Buffer.from(new Uint8Array(packed.subarray(0, packed.byteLength - (packed.byteLength % 4))).buffer);
  if (!isLittle) own.swap32();
  return new Uint32Array(own.buffer, own.byteOffset, own.byteLength / 4);
}
