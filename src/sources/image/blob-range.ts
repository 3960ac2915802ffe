import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { FileRange } from './blob-store.ts';

const readAt = promisify(read);
/** Bytes. Larger pieces bring nothing, smaller ones take longer. */
const pieceSize = 256 * 1024;

/**
 * Part of an open file as a stream. A chunk is written over by the next: with one of its own for each, memory would grow
 * by what is not yet collected, some 60 MB.
 *
 * @throws the file system's error
 */
export async function* rangeChunks({ descriptor, start, size }: FileRange): AsyncGenerator<Buffer, void> {
  const piece = Buffer.allocUnsafeSlow(Math.min(pieceSize, size));
  for (let position = 0; position < size;) {
    const length = Math.min(piece.length, size - position);
    const { bytesRead } = await readAt(descriptor, piece, 0, length, start + position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/**
 * All that comes from a pipe. A chunk is written over by the next.
 *
 * @throws the file system's error
 */
export async function* streamChunks(descriptor: number): AsyncGenerator<Buffer, void> {
  const piece = Buffer.allocUnsafeSlow(pieceSize);
  for (;;) {
    const { bytesRead } = await readAt(descriptor, piece, 0, piece.length, null);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
  }
}
