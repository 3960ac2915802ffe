import { unreadable } from '../../model/fact.ts';
import type { LayerSource, LayerVisitor } from '../../model/file-tree.ts';
import type { Text } from '../../model/text.ts';
import { checkDigest, digestFrom, hashing, hashLike } from './blob-digest.ts';
import { unreadableFile, unreadableImage } from './blob-error.ts';
import { missingBlob } from './blob-read.ts';
import type { FileRange, OpenedBlob } from './blob-store.ts';
import { compressionLength, compressionOf, decompressed } from './decompress.ts';
import { fileLayer } from './tar-file.ts';
import { showStream } from './tar-stream.ts';
import { readInto } from './tar-window.ts';

export interface BlobLayerOptions {
  /** What errors call the place, and the layer in it. */
  readonly place: string;
  readonly name: string;
  readonly open: () => Promise<OpenedBlob | undefined>;
  /** Whether it may lie in a file of this machine: then it is opened at once. */
  readonly isLocal: boolean;
  /** Of the blob as it is kept; absent where nothing is promised. */
  readonly digest?: string;
  /** Of the uncompressed archive, as the image's configuration says. */
  readonly diffId: string;
  /** The folder for contents of a stream that are too large for memory. */
  readonly spool: string;
}

/** A layer, and what is to be closed with its image. */
export interface BlobLayer {
  readonly source: LayerSource;
  readonly close: () => Promise<void>;
}

/**
 * A layer that is kept as a blob. One that lies in a file of this machine and is not compressed is read in place, once its digest holds. Any
 * other is streamed, and its digests are known at its end: where one of them does not hold, or the stream is damaged, `read` throws,
 * and nothing that the visitor was shown may be taken for part of the image.
 *
 * @throws PlimsollError where it cannot be opened
 */
export async function blobLayer(options: BlobLayerOptions): Promise<BlobLayer> {
  const { name, digest, diffId } = options;
  const streamed = { source: streamedLayer(options), close: () => Promise.resolve() };
  if (!options.isLocal) return streamed;
  const blob = await options.open();
  if (!blob?.file || !isPlain(blob.file)) {
    await blob?.close();
    return streamed;
  }
  const digests = digest === undefined || digest === diffId ? [diffId] : [digest, diffId];
  return { source: fileLayer({ range: blob.file, name, digests }), close: blob.close };
}

function isPlain(range: FileRange): boolean {
  return compressionOf(headOf(range)) === 'none';
}

/** The bytes that tell how something is compressed. */
export function headOf(range: FileRange): Buffer {
  const head = Buffer.alloc(Math.min(compressionLength, range.size));
  return head.subarray(0, readInto(range, 0, head));
}

function streamedLayer(options: BlobLayerOptions): LayerSource {
  return {
    async read(visitor) {
      const blob = await options.open();
      if (!blob) throw missingBlob(options.place, options.name);
      try {
        await showBlob(blob, visitor, options);
      } catch (error) {
        throw unreadableFile(options.name, error);
      } finally {
        await blob.close();
      }
    },
  };
}

async function showBlob(blob: OpenedBlob, visitor: LayerVisitor, options: BlobLayerOptions): Promise<void> {
  const { name, digest, diffId, spool } = options;
  const [ofBlob, ofContent] = [hashLike(digest ?? diffId), hashLike(diffId)];
  const onRest = (what: Text) => visitor.gap(unreadable('file', '/', what, anotherLayer));
  const source = digest === undefined ? blob.chunks() : hashing(blob.chunks(), ofBlob);
  const unpacked = hashing(decompressed(source, { onRest }), ofContent);
  const damage = await showStream(unpacked, visitor, { spool, isVerified: true });
  // What is damaged was not read to its end, so that it has no digest to compare.
  if (damage) throw unreadableImage(name, damage);
  if (digest !== undefined) checkDigest(name, digest, digestFrom(ofBlob, digest));
  checkDigest(name, diffId, digestFrom(ofContent, diffId));
}

const anotherLayer: Text = { en: 'a layer that ends where its archive does', zh: '在归档结束处结束的层' };
