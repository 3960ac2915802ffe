import type { FileContent } from '../../model/file-tree.ts';

const chunkSize = 1024 ** 2;

/** A stretch of a file. */
export interface Stretch {
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * The places in the file where `wanted` stands inside of a stretch, in order. It is read piece by piece; whoever reads the file
 * between two places disturbs nothing.
 */
export function* placesOf(content: FileContent, wanted: Buffer, { offset, size }: Stretch): Generator<number> {
  const end = Math.min(offset + size, content.size);
  for (let start = Math.max(0, offset); start + wanted.length <= end; start += chunkSize) {
    // Pieces overlap, so that what stands across their border is found, once.
    const piece = content.read(start, Math.min(chunkSize + wanted.length - 1, end - start));
    const places: number[] = [];
    for (let at = piece.indexOf(wanted); at >= 0 && places.length < maximumPlaces; at = piece.indexOf(wanted, at + 1)) {
      places.push(start + at);
    }
    yield* places;
  }
}

/** In one piece: more are made up. */
const maximumPlaces = 1000;
