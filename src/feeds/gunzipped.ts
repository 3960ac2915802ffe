import { createGunzip } from 'node:zlib';
import type { FileContent } from '../model/file-tree.ts';
import { piecesOf } from './file-content.ts';

/** What is wrong with a compressed file. */
export type GzipFault = 'cut-off' | 'damaged';

/** Bytes that are handed to the decoder at a time, and that it hands out. They become 16 MB at most. */
const pieceSize = 16 * 1024;

export function isGzip(content: FileContent): boolean {
  const head = content.read(0, 2);
  return head.length === 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * What all members of a gzip file unpack to. Ends with what is wrong, where something is: the checksum stands at the end, so what
 * was told until then is not to be believed either. What Node's stream passes over behind the last member is an error here, but for
 * zeros: it may be a member whose beginning is damaged.
 *
 * @throws what reading the file throws
 */
export async function* gunzipped(content: FileContent): AsyncGenerator<Buffer, GzipFault | undefined> {
  const decoder = createGunzip({ chunkSize: pieceSize });
  const ready: Buffer[] = [];
  let fault: GzipFault | undefined;
  decoder.on('data', (chunk: Buffer) => ready.push(chunk));
  decoder.on('error', (error: NodeJS.ErrnoException) => {
    fault = error.code === 'Z_BUF_ERROR' ? 'cut-off' : 'damaged';
  });
  const closed = new Promise<void>((resolve) => {
    decoder.on('close', resolve);
  });
  try {
    for (const piece of piecesOf(content, pieceSize)) {
      const written = new Promise<void>((resolve) => {
        // The decoder has it only until it says so, and may keep a part of it.
        decoder.write(Buffer.from(piece), () => resolve());
      });
      await Promise.race([written, closed]);
      yield* ready.splice(0);
      if (fault || decoder.destroyed) break;
    }
    decoder.end();
    await closed;
    yield* ready.splice(0);
  } finally {
    decoder.destroy();
  }
  return fault ?? restFault(content, decoder.bytesWritten);
}

function restFault(content: FileContent, from: number): GzipFault | undefined {
  for (let at = from; at < content.size;) {
    const piece = content.read(at, Math.min(pieceSize, content.size - at));
    if (piece.length === 0) return 'cut-off';
    if (piece.some((byte) => byte !== 0)) return 'damaged';
    at += piece.length;
  }
  return undefined;
}
