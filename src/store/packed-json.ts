import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { isObject, type JsonValue } from '../model/json.ts';

/*
 * Listings of layers are megabytes of JSON. As one text, one buffer and one frame they would stand in memory three times, and leave
 * gaps there that nothing fits into: so they are written out and compressed piece by piece.
 */

/** Characters of a piece, about; one that is written out at once may be longer. */
const pieceLength = 256 * 1024;
/** Characters, about, that are written out at a time. */
const textLength = 32 * 1024;
/** Bytes of a frame's length, which stands before it. */
const lengthBytes = 4;

/** Made once: every new one would stay until garbage is collected. */
let scratch: Buffer | undefined;
/** Most catalogers find nothing in most layers, and say so in the same words. */
const packedBefore = new Map<string, Buffer>();
const longestRemembered = 64;

/** JSON as frames of zstd, each with its length before it. */
export function packJson(value: object): Buffer {
  const packed: Buffer[] = [];
  let piece = '';
  writeTexts(value as JsonValue, (text) => {
    piece += text;
    if (piece.length < pieceLength) return;
    packed.push(frameOf(piece));
    piece = '';
  });
  packed.push(frameOf(piece));
  return Buffer.concat(packed);
}

/** A frame with its length before it. */
function frameOf(piece: string): Buffer {
  const before = packedBefore.get(piece);
  if (before) return before;
  scratch ??= Buffer.allocUnsafeSlow(2 * pieceLength);
  const length = Buffer.byteLength(piece);
  const bytes = length > scratch.length ? Buffer.from(piece) : scratch.subarray(0, scratch.write(piece));
  // Knowing how little comes, zstd takes less memory.
  const frame = zstdCompressSync(bytes, { pledgedSrcSize: length });
  const whole = Buffer.allocUnsafe(lengthBytes + frame.length);
  whole.writeUInt32LE(frame.length);
  frame.copy(whole, lengthBytes);
  if (piece.length <= longestRemembered) packedBefore.set(piece, whole);
  return whole;
}

/**
 * @param limit - bytes that the text may have
 * @throws what zlib or JSON.parse throw, for what `packJson` did not write; RangeError beyond the limit
 */
export function unpackJson(packed: Uint8Array, limit: number): object {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const texts: string[] = [];
  let left = limit;
  for (let at = 0; at < bytes.length;) {
    const from = at + lengthBytes;
    at = from + bytes.readUInt32LE(at);
    if (at > bytes.length) throw new RangeError('a frame is cut off');
    const text = zstdDecompressSync(bytes.subarray(from, at), { maxOutputLength: Math.max(1, left) });
    left -= text.length;
    texts.push(text.toString('utf8'));
  }
  return JSON.parse(texts.join('')) as object;
}

/** Writes a value out: what is small at once, what is large part by part. */
function writeTexts(value: JsonValue, write: (text: string) => void): void {
  if (typeof value !== 'object' || value === null || lengthOf(value, textLength) <= textLength) {
    write(JSON.stringify(value));
  } else if (Array.isArray(value)) {
    writeList(value, write);
  } else {
    let separator = '{';
    for (const [key, each] of Object.entries(value)) {
      if (each === undefined) continue;
      write(`${separator}${JSON.stringify(key)}:`);
      writeTexts(each, write);
      separator = ',';
    }
    write(separator === '{' ? '{}' : '}');
  }
}

/** As many elements at a time as are small together. */
function writeList(list: readonly JsonValue[], write: (text: string) => void): void {
  let separator = '[';
  for (let from = 0; from < list.length;) {
    let length = 0;
    let to = from;
    while (to < list.length && (to === from || length <= textLength)) {
      length += lengthOf(list[to], textLength);
      to += 1;
    }
    write(separator);
    if (to === from + 1) writeTexts(list[from] ?? null, write);
    else write(JSON.stringify(list.slice(from, to)).slice(1, -1));
    separator = ',';
    from = to;
  }
  write(']');
}

/** How long the text of a value is, about; beyond `most` it is not looked at to its end. */
function lengthOf(value: JsonValue | undefined, most: number): number {
  if (typeof value === 'string') return value.length + 3;
  let length = 8;
  if (isObject(value)) {
    for (const key in value) {
      length += key.length + 4 + lengthOf(value[key], most - length);
      if (length > most) break;
    }
  } else if (typeof value === 'object' && value !== null) {
    for (let index = 0; index < value.length && length <= most; index += 1) {
      length += lengthOf(value[index], most - length);
    }
  }
  return length;
}
