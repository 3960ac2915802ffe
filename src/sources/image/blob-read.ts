import { PlimsollError } from '../../model/error.ts';
import { checkDigest, digestOf } from './blob-digest.ts';
import { unreadableFile, unreadableImage } from './blob-error.ts';
import type { BlobStore, Descriptor } from './blob-store.ts';

/**
 * All of a small blob, a manifest or a configuration, once its digest holds.
 *
 * @param most bytes that it may have
 * @param name what errors call it
 * @throws PlimsollError where it is missing, too large, or another one
 */
export async function verifiedBytes(
  store: BlobStore,
  descriptor: Pick<Descriptor, 'digest' | 'mediaType' | 'size'>,
  most: number,
  name: string,
): Promise<Buffer> {
  if ((descriptor.size ?? 0) > most) throw tooLarge(name, most);
  try {
    const blob = await store.open(descriptor);
    if (!blob) throw missingBlob(store.source, descriptor.digest);
    try {
      const bytes = await wholeOf(blob.chunks(), most, name);
      checkDigest(name, descriptor.digest, digestOf(bytes, descriptor.digest));
      return bytes;
    } finally {
      await blob.close();
    }
  } catch (error) {
    throw unreadableFile(name, error);
  }
}

/** @throws PlimsollError where there is more than that */
export async function wholeOf(chunks: AsyncIterable<Buffer>, most: number, name: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) throw tooLarge(name, most);
    parts.push(Buffer.from(chunk));
  }
  return Buffer.concat(parts);
}

export function missingBlob(source: string, digest: string): PlimsollError {
  return new PlimsollError(
    'image-not-found',
    { en: `${source} lacks ${digest}, which the image is made of`, zh: `${source} 中缺少镜像的组成部分 ${digest}` },
    { en: 'Save the image again with all of its parts.', zh: '请重新导出完整的镜像。' },
  );
}

function tooLarge(name: string, most: number): PlimsollError {
  const size = `${Math.floor(most / 1024 ** 2)} MiB`;
  return unreadableImage(name, { en: `it is larger than ${size}`, zh: `其大小超过 ${size}` });
}
