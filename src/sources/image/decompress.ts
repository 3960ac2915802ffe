import type { Text } from '../../model/text.ts';
import { TarChunks } from './tar-chunks.ts';
import { DamagedStream } from './decompress-damage.ts';
import { gunzipped } from './decompress-gzip.ts';
import { isSkippable, zstdDecompressed } from './decompress-zstd.ts';

/** How bytes are compressed, by how they begin, as engines tell it: what a media type says of it may be wrong. */
export type Compression = 'none' | 'gzip' | 'zstd' | UnreadCompression;
export type UnreadCompression = 'bzip2' | 'xz';

/** Bytes that `compressionOf` needs. */
export const compressionLength = 8;

const beginnings: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 8]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
];

export function compressionOf(head: Buffer): Compression {
  if (isSkippable(head)) return 'zstd';
  return beginnings.find(([, bytes]) => bytes.every((each, index) => head[index] === each))?.[0] ?? 'none';
}

/**
 * What one layer, or one archive, may unpack to. Gzip reaches a ratio of 1,030 and zstd far more, but only for zeros; files that people
 * make stay under 50, and images of disks, which are mostly zeros, are let through as long as they are not large themselves. So a layer
 * that is a bomb ends after 4 GiB, some 15 s, and one that is only large after 64 GiB.
 */
export interface DecompressionLimits {
  /** Bytes. */
  readonly most: number;
  readonly ratio: number;
  /** Bytes; below this the ratio does not count. */
  readonly ratioFrom: number;
}

export const usualLimits: DecompressionLimits = { most: 64 * 1024 ** 3, ratio: 200, ratioFrom: 4 * 1024 ** 3 };

export interface DecompressionOptions {
  readonly limits?: DecompressionLimits;
  /** Told where something stands behind the compressed data that is none: it is not read. */
  readonly onRest?: (what: Text) => void;
}

/**
 * Bytes as they were before they were compressed with gzip or zstd; others as they are. All members or frames are read, and
 * what comes behind them is passed over, so that whoever hashes the source has all of it. A chunk is gone once the next one is
 * asked for.
 *
 * @throws DamagedStream for what is damaged, cut off, too large or compressed in another way; and what the source throws
 */
export async function* decompressed(
  chunks: AsyncIterable<Buffer>,
  { limits = usualLimits, onRest }: DecompressionOptions = {},
): AsyncGenerator<Buffer, void> {
  const bytes = new TarChunks(chunks);
  try {
    const compression = compressionOf(await bytes.peek(compressionLength));
    let size = 0;
    for await (const chunk of unpacked(compression, bytes)) {
      size += chunk.length;
      checkSize(size, bytes.position, limits);
      yield chunk;
    }
    const rest = bytes.position;
    if (await hasRest(bytes)) onRest?.(restAt(rest));
  } finally {
    await bytes.close();
  }
}

function unpacked(compression: Compression, bytes: TarChunks): AsyncIterable<Buffer> {
  if (compression === 'gzip') return gunzipped(bytes);
  if (compression === 'zstd') return zstdDecompressed(bytes);
  if (compression === 'none') return plain(bytes);
  throw new DamagedStream(isNotRead(compression));
}

export function isNotRead(compression: UnreadCompression): Text {
  return { en: `it is compressed with ${compression}, which is not read`, zh: `使用 ${compression} 压缩，无法读取` };
}

async function* plain(bytes: TarChunks): AsyncGenerator<Buffer, void> {
  for (;;) {
    const chunk = await bytes.takeSome(Number.MAX_SAFE_INTEGER);
    if (chunk.length === 0) return;
    yield chunk;
  }
}

function checkSize(size: number, compressed: number, { most, ratio, ratioFrom }: DecompressionLimits): void {
  if (size > most) {
    const largest = `${Math.floor(most / 1024 ** 3)} GiB`;
    throw new DamagedStream({ en: `it unpacks to more than ${largest}`, zh: `解压后超过 ${largest}` });
  }
  if (size > ratioFrom && size > compressed * ratio) {
    throw new DamagedStream({
      en: `it unpacks to more than ${ratio} times its own size, as only zeros do`,
      zh: `解压后超过自身大小的 ${ratio} 倍，正常数据不会如此`,
    });
  }
}

/** Passes over all that is left. Zeros fill up blocks of a tape, and mean nothing. */
async function hasRest(bytes: TarChunks): Promise<boolean> {
  let isThere = false;
  for (;;) {
    const chunk = await bytes.takeSome(Number.MAX_SAFE_INTEGER);
    if (chunk.length === 0) return isThere;
    isThere ||= chunk.some((byte) => byte !== 0);
  }
}

function restAt(position: number): Text {
  return {
    en: `from byte ${position} on stands something behind the compressed data that is none, and is not read`,
    zh: `第 ${position} 字节起，压缩数据之后有非压缩内容，未读取`,
  };
}
