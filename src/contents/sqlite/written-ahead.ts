import type { FileContent } from '../../model/file-tree.ts';

/** Pages of a write-ahead log (`-wal`) that belong to a finished transaction: https://www.sqlite.org/fileformat2.html#walformat. */
export interface WrittenAhead {
  readonly pageSize: number;
  /** Pages of the database after the last transaction, as the log says. */
  readonly count: number;
  /** Different pages that stand in the log. */
  readonly pages: number;
  /** The newest state of the page, which the next one may be written over; undefined where the log has none of it. */
  readonly page: (number: number) => Buffer | undefined;
}

const headerLength = 32;
const frameHeaderLength = 24;
const magics = { little: 0x37_7f_06_82, big: 0x37_7f_06_83 } as const;

/**
 * Reads a write-ahead log. Only frames count that have the log's own salt and a checksum over everything before them, up to the
 * last one that ends a transaction: what follows was never finished, or is left from an earlier round.
 *
 * @returns undefined where no transaction stands in it
 */
export function readWrittenAhead(content: FileContent): WrittenAhead | undefined {
  const header = Buffer.from(content.read(0, headerLength));
  if (header.length < headerLength) return undefined;
  const magic = header.readUInt32BE(0);
  if (magic !== magics.little && magic !== magics.big) return undefined;
  const pageSize = header.readUInt32BE(8);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return undefined;
  const sum = checksum(magic === magics.big);
  sum.add(header.subarray(0, 24));
  if (!sum.is(header, 24)) return undefined;

  let pending = new Map<number, number>();
  const places = new Map<number, number>();
  let count = 0;
  const frameLength = frameHeaderLength + pageSize;
  for (let place = headerLength; place + frameLength <= content.size; place += frameLength) {
    const frame = content.read(place, frameLength);
    if (frame.length < frameLength || frame.compare(header, 16, 24, 8, 16) !== 0) break;
    sum.add(frame.subarray(0, 8));
    sum.add(frame.subarray(frameHeaderLength));
    if (!sum.is(frame, 16)) break;
    pending.set(frame.readUInt32BE(0), place + frameHeaderLength);
    const pagesAfter = frame.readUInt32BE(4);
    if (pagesAfter === 0) continue;
    count = pagesAfter;
    for (const [page, where] of pending) places.set(page, where);
    pending = new Map();
  }
  if (count === 0) return undefined;
  return {
    pageSize,
    count,
    pages: places.size,
    page: (number) => {
      const place = places.get(number);
      return place === undefined ? undefined : content.read(place, pageSize);
    },
  };
}

/** The log's running sum of pairs of words, in the byte order that the log was begun in. */
function checksum(isBigEndian: boolean) {
  let first = 0;
  let second = 0;
  return {
    add(bytes: Buffer): void {
      for (let offset = 0; offset + 8 <= bytes.length; offset += 8) {
        const even = isBigEndian ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset);
        const odd = isBigEndian ? bytes.readUInt32BE(offset + 4) : bytes.readUInt32LE(offset + 4);
        first = (first + even + second) >>> 0;
        second = (second + odd + first) >>> 0;
      }
    },
    is: (bytes: Buffer, offset: number): boolean =>
      bytes.readUInt32BE(offset) === first && bytes.readUInt32BE(offset + 4) === second,
  };
}
