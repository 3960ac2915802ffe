import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { JsonValue } from '../model/json.ts';

/*
 * Listings of layers are megabytes of JSON. As one text, one buffer and one frame they would stand in memory three times, and leave
 * gaps there that nothing fits into: so they are written out and compressed piece by piece.
 */

/** Characters of a piece, about. */
const pieceLength = 256 * 1024;
/** Elements of a list that are written out at a time. */
const elementsAtOnce = 512;
/** Lists in lists in objects: those of files in layers stand higher. */
const deepestList = 5;
/** Bytes of a frame's length, which stands before it. */
const lengthBytes = 4;

/** JSON as frames of zstd, each with its length before it. */
export function packJson(value: object): Buffer {
  const packed: Buffer[] = [];
  let piece: string[] = [];
  let length = 0;
  function flush(): void {
    const frame = zstdCompressSync(Buffer.from(piece.join('')));
    const before = Buffer.alloc(lengthBytes);
    before.writeUInt32LE(frame.length);
    packed.push(before, frame);
    piece = [];
    length = 0;
  }
  for (const text of textsOf(value as JsonValue)) {
    piece.push(text);
    length += text.length;
    if (length >= pieceLength) flush();
  }
  flush();
  return Buffer.concat(packed);
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

/** The text of a value in pieces: what is in lists and objects each by itself, down to a depth at which they are small. */
function* textsOf(value: JsonValue, depth = 0): Generator<string> {
  if (typeof value !== 'object' || value === null || depth > deepestList) yield JSON.stringify(value);
  else if (Array.isArray(value)) {
    yield '[';
    for (let from = 0; from < value.length; from += elementsAtOnce) {
      const elements = value.slice(from, from + elementsAtOnce);
      if (from > 0) yield ',';
      if (elements.some((each) => typeof each === 'object')) yield* textsOfEach(elements, depth);
      else yield JSON.stringify(elements).slice(1, -1);
    }
    yield ']';
  } else {
    let separator = '{';
    for (const [key, each] of Object.entries(value)) {
      if (each === undefined) continue;
      yield `${separator}${JSON.stringify(key)}:`;
      yield* textsOf(each, depth + 1);
      separator = ',';
    }
    yield separator === '{' ? '{}' : '}';
  }
}

function* textsOfEach(elements: readonly JsonValue[], depth: number): Generator<string> {
  for (const [index, each] of elements.entries()) {
    if (index > 0) yield ',';
    yield* textsOf(each, depth + 1);
  }
}
