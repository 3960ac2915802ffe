import type { Transform } from 'node:stream';
import type { TarChunks } from './tar-chunks.ts';
import { damagedAt, isCutOff, isDamaged } from './decompress-damage.ts';

/** Bytes that are handed to a decoder at a time, and that it hands out. */
export const pieceSize = 256 * 1024;

/** A decoder of Node's zlib, which says how much it took. */
export interface FrameDecoder extends Transform {
  readonly bytesWritten: number;
}

/** Decodes all at once: a `zlib.…Sync` with the option `info`. */
export type DecodeAtOnce = (
  bytes: Buffer,
  options: { readonly info: true; readonly maxOutputLength: number },
) => { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

/** Frames up to this many bytes are decoded at once: some layers have one for each file, and a decoder takes its time to start. */
const mostAtOnce = 8 * 1024 ** 2;

/**
 * Decodes one frame, and leaves what stands behind it where it is. Node's own streams are used for one frame each: that for zstd
 * leaves out all but the first without a word. A chunk is gone once the next one is asked for.
 *
 * @throws DamagedStream, and what the source throws
 */
export async function* decodeFrame(decoder: FrameDecoder, bytes: TarChunks): AsyncGenerator<Buffer, void> {
  const feeding = feed(decoder, bytes);
  try {
    for await (const chunk of decoder) {
      yield chunk as Buffer;
      free(chunk as Buffer);
    }
  } catch (error) {
    // The piece that was refused is put back.
    if ((error as NodeJS.ErrnoException).code !== noFrame) throw meaningOf(error, bytes.position);
  } finally {
    decoder.destroy();
    await feeding;
  }
}

/**
 * Gives memory back that waits to be collected else, as no object fills up meanwhile: 60 MB of it. A decoder hands out its buffer
 * in parts, and takes a new one after the last of them.
 */
function free({ buffer, byteOffset, length }: Buffer): void {
  const isLast = buffer.byteLength === pieceSize && byteOffset + length === pieceSize;
  if (isLast && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** A frame that ends where a piece does is not over for the decoder of zstd: it takes what follows for the next one, which it need not be. */
const noFrame = 'ZSTD_error_prefix_unknown';

/** Never rejects: what goes wrong is the decoder's error. */
async function feed(decoder: FrameDecoder, bytes: TarChunks): Promise<void> {
  try {
    for (let fed = 0; !decoder.destroyed;) {
      const piece = await bytes.takeSome(pieceSize);
      if (piece.length === 0) {
        decoder.end();
        return;
      }
      fed += piece.length;
      await written(decoder, piece);
      const left = fed - decoder.bytesWritten;
      if (left > 0) {
        bytes.giveBack(Math.min(left, piece.length));
        return;
      }
    }
  } catch (error) {
    decoder.destroy(error as Error);
  }
}

function written(decoder: FrameDecoder, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      decoder.off('close', settle);
      resolve();
    };
    decoder.once('close', settle);
    decoder.write(piece, settle);
  });
}

function meaningOf(error: unknown, position: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return damagedAt(position, isCutOff);
  return /^(?:Z_|ZSTD_)/.test(code ?? '') ? damagedAt(position, isDamaged) : error;
}

/** A small frame that has come already; `undefined` where it is not that small, or damaged. */
export function decodeAtOnce(decode: DecodeAtOnce, bytes: TarChunks): Buffer | undefined {
  const here = bytes.whatIsHere();
  if (here.length === 0) return undefined;
  try {
    const { buffer, engine } = decode(here, { info: true, maxOutputLength: mostAtOnce });
    bytes.takeNow(engine.bytesWritten);
    return buffer;
  } catch {
    return undefined;
  }
}
