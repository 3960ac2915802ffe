import { createHash } from 'node:crypto';
import type { FileRange } from './blob-store.ts';
import { readInto } from './tar-window.ts';

const pieceSize = 1024 ** 2;
/** Pieces after which it yields, so that others get their turn. */
const piecesAtOnce = 16;

/**
 * The digest of a part of a file, hexadecimal.
 *
 * @param algorithm - as Node calls it: `sha256`
 * @throws the file system's error
 */
export function* hashRange(range: FileRange, algorithm: string): Generator<void, string> {
  const hash = createHash(algorithm);
  const piece = Buffer.allocUnsafeSlow(Math.min(pieceSize, range.size));
  let position = 0;
  for (let count = 1; position < range.size; count += 1) {
    const length = readInto(range, position, piece.subarray(0, Math.min(piece.length, range.size - position)));
    if (length === 0) break;
    hash.update(piece.subarray(0, length));
    position += length;
    if (count % piecesAtOnce === 0) yield;
  }
  return hash.digest('hex');
}
