import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { TarChunks } from './tar-chunks.ts';
import { damagedAt, isCutOff, isDamaged } from './decompress-damage.ts';
import { type DecodeAtOnce, decodeAtOnce, decodeFrame, pieceSize } from './decompress-frame.ts';

/** What follows a name or a comment in a header is refused. */
const longestField = 64 * 1024;
/** Members smaller than this are likely to be followed by such. */
const smallMember = 64 * 1024;

/**
 * The content of all members, one after the other, each held against its checksum. What stands behind them is left: `isMember`
 * of the next bytes says whether it would be one. Facts: RFC 1952.
 *
 * @throws DamagedStream, and what the source throws
 */
export async function* gunzipped(bytes: TarChunks): AsyncGenerator<Buffer, void> {
  let isSmall = false;
  while (isMember(await bytes.peek(2))) {
    await passHeader(bytes);
    const start = bytes.position;
    let sum = 0;
    let length = 0;
    const whole = isSmall ? decodeAtOnce(inflateRawSync as unknown as DecodeAtOnce, bytes) : undefined;
    if (whole) {
      sum = crc32(whole);
      ({ length } = whole);
      if (length > 0) yield whole;
    } else {
      for await (const chunk of decodeFrame(createInflateRaw({ chunkSize: pieceSize }), bytes)) {
        sum = crc32(chunk, sum);
        length += chunk.length;
        yield chunk;
      }
    }
    isSmall = bytes.position - start < smallMember;
    await checkTrailer(bytes, sum, length);
  }
}

function isMember(head: Buffer): boolean {
  return head.length === 2 && head[0] === 0x1f && head[1] === 0x8b;
}

async function passHeader(bytes: TarChunks): Promise<void> {
  const header = await taken(bytes, 10);
  const [method, flags = 0] = [header[2], header[3]];
  if (method !== 8 || (flags & 0xe0) !== 0) throw damagedAt(bytes.position, isDamaged);
  // Extra, name, comment, checksum of the header.
  if ((flags & 4) !== 0) await taken(bytes, (await taken(bytes, 2)).readUInt16LE(0));
  if ((flags & 8) !== 0) await passField(bytes);
  if ((flags & 16) !== 0) await passField(bytes);
  if ((flags & 2) !== 0) await taken(bytes, 2);
}

async function passField(bytes: TarChunks): Promise<void> {
  for (let length = 0; length < longestField; length += 1) {
    if ((await taken(bytes, 1))[0] === 0) return;
  }
  throw damagedAt(bytes.position, isDamaged);
}

async function checkTrailer(bytes: TarChunks, sum: number, length: number): Promise<void> {
  const trailer = await taken(bytes, 8);
  if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== length % 2 ** 32) {
    throw damagedAt(bytes.position, isDamaged);
  }
}

async function taken(bytes: TarChunks, length: number): Promise<Buffer> {
  const part = await bytes.take(length);
  if (part.length < length) throw damagedAt(bytes.position, isCutOff);
  return part;
}
