import { constants, createZstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { TarChunks } from './tar-chunks.ts';
import { damagedAt, isCutOff } from './decompress-damage.ts';
import { type DecodeAtOnce, decodeAtOnce, decodeFrame, pieceSize } from './decompress-frame.ts';

/** Up to 128 MiB, as much as zstd itself takes without being told to. It is only used as far as a frame fills it. */
const windowBits = 27;
/** Frames smaller than this are likely to be followed by such. */
const smallFrame = 64 * 1024;

/**
 * The content of all frames, one after the other; those that are to be skipped are. What stands behind them is left. Facts: RFC 8878.
 *
 * @throws DamagedStream, and what the source throws
 */
export async function* zstdDecompressed(bytes: TarChunks): AsyncGenerator<Buffer, void> {
  let isSmall = false;
  for (;;) {
    const magic = await bytes.peek(4);
    if (isSkippable(magic)) await passSkippable(bytes);
    else if (isFrame(magic)) {
      const start = bytes.position;
      const whole = isSmall ? decodeAtOnce(zstdDecompressSync as unknown as DecodeAtOnce, bytes) : undefined;
      if (whole === undefined) yield* decodeFrame(decoder(), bytes);
      else if (whole.length > 0) yield whole;
      isSmall = bytes.position - start < smallFrame;
    } else return;
  }
}

function decoder() {
  return createZstdDecompress({ chunkSize: pieceSize, params: { [constants.ZSTD_d_windowLogMax]: windowBits } });
}

function isFrame(magic: Buffer): boolean {
  return magic.length === 4 && magic.readUInt32LE(0) === 0xfd2fb528;
}

export function isSkippable(magic: Buffer): boolean {
  return magic.length >= 4 && magic.readUInt32LE(0) >>> 4 === 0x184d2a5;
}

async function passSkippable(bytes: TarChunks): Promise<void> {
  const header = await bytes.take(8);
  const isWhole = header.length === 8 && (await bytes.skip(header.readUInt32LE(4)));
  if (!isWhole) throw damagedAt(bytes.position, isCutOff);
}
