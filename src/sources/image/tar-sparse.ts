import type { FileContent } from '../../model/file-tree.ts';
import { blockSize, numberAt, sizeAt } from './tar-header.ts';

/** The parts of a sparse file that are stored, in turn their place and their length, in ascending order. */
export type SparseMap = readonly number[];

/** More parts than this make a map that only costs time and memory. */
export const mostSparseParts = 100_000;

/** Where GNU tar's old format has the parts in the header itself, and how many blocks of it hold. */
const inHeader = { start: 386, count: 4, more: 482 };
const inExtension = { start: 0, count: 21, more: 504 };

/** Where GNU tar's old format keeps the size of the file with its holes. */
export function oldSparseSize(header: Buffer): number {
  return sizeAt(header, 483);
}

/** Appends the parts that a header, or a block after it, names; whether another such block follows. */
export function readOldSparseBlock(block: Buffer, kind: 'header' | 'extension', parts: number[]): boolean {
  const { start, count, more } = kind === 'header' ? inHeader : inExtension;
  for (let index = 0; index < count; index += 1) {
    const place = start + index * 24;
    if (block[place] === 0) break;
    parts.push(numberAt(block, place, 12) ?? -1, numberAt(block, place + 12, 12) ?? -1);
  }
  return (block[more] ?? 0) > 0;
}

/** `offset,length,offset,length` of the record GNU.sparse.map. */
export function readSparseList(text: string): SparseMap | undefined {
  if (text === '') return [];
  const parts = text.split(',', mostSparseParts * 2 + 1).map(decimal);
  return parts.length > mostSparseParts * 2 ? undefined : parts;
}

/** Digits, and nothing else; -1 for the rest. */
export function decimal(text: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : -1;
  return Number.isSafeInteger(value) ? value : -1;
}

export interface ReadSparseMap {
  readonly map?: SparseMap;
  /** Bytes. */
  readonly length: number;
}

/**
 * Reads the map of the format 1.0, which stands in front of the file's own bytes: how many parts, then each part's place and
 * length, one number a line, filled up to whole blocks. Is given one block after the other by `yield`.
 *
 * @returns the map, absent where it is none, and how many bytes were read; `cut` where the archive ends before
 */
export function* readSparseBlocks(available: number): Generator<number, ReadSparseMap | 'cut', Buffer> {
  const numbers: number[] = [];
  let awaited = 1;
  let rest = '';
  let length = 0;
  while (numbers.length < awaited) {
    if (length + blockSize > available) return { length };
    const block = yield blockSize;
    if (block.length < blockSize) return 'cut';
    length += blockSize;
    const lines = (rest + block.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > blockSize) return { length };
    for (const line of lines) {
      if (numbers.length === awaited) break;
      const value = decimal(line);
      if (value < 0 || (numbers.length === 0 && value > mostSparseParts)) return { length };
      numbers.push(value);
      if (numbers.length === 1) awaited = 1 + value * 2;
    }
  }
  return { map: numbers.slice(1), length };
}

/** Whether the parts follow each other inside of the file, and `stored` bytes are enough for them. */
export function isSparseMap(map: SparseMap, size: number, stored: number): boolean {
  if (map.length % 2 !== 0) return false;
  let end = 0;
  let sum = 0;
  for (let index = 0; index < map.length; index += 2) {
    const [place = -1, length = -1] = [map[index], map[index + 1]];
    if (place < end || length < 0 || place + length > size) return false;
    end = place + length;
    sum += length;
  }
  return sum <= stored;
}

/** The file with its holes, which read as zeros and take no room; `stored` has the parts one after the other. */
export function sparseContent(stored: FileContent, map: SparseMap, size: number): FileContent {
  const places: number[] = [];
  let sum = 0;
  for (let index = 0; index < map.length; index += 2) {
    places.push(sum);
    sum += map[index + 1] ?? 0;
  }
  return {
    size,
    read: (offset, length) => {
      const end = Math.min(size, offset + length);
      const filled = Buffer.alloc(Math.max(0, end - offset));
      for (let part = firstPartAfter(map, offset); part * 2 < map.length; part += 1) {
        const [begin = 0, extent = 0] = [map[part * 2], map[part * 2 + 1]];
        if (begin >= end) break;
        const from = Math.max(begin, offset);
        const count = Math.min(begin + extent, end) - from;
        if (count > 0)
          copyFrom(stored, (places[part] ?? 0) + from - begin, filled.subarray(from - offset, from - offset + count));
      }
      return filled;
    },
  };
}

function copyFrom(content: FileContent, offset: number, into: Buffer): void {
  for (let done = 0; done < into.length;) {
    const bytes = content.read(offset + done, into.length - done);
    if (bytes.length === 0) return;
    done += bytes.copy(into, done);
  }
}

/** The first part that ends behind `offset`. */
function firstPartAfter(map: SparseMap, offset: number): number {
  let low = 0;
  let high = map.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((map[middle * 2] ?? 0) + (map[middle * 2 + 1] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
