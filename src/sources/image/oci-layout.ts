import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import { isDigest } from './blob-digest.ts';
import { unreadableFile, unreadableImage } from './blob-error.ts';
import { wholeOf } from './blob-read.ts';
import { rangeChunks } from './blob-range.ts';
import type { BlobStore, Descriptor, OpenedBlob } from './blob-store.ts';
import { openFromBlobs } from './blob-image.ts';
import { largestManifest, readManifest } from './manifest.ts';
import { chooseReference, imageNamesOf } from './manifest-reference.ts';
import { parsePlatform } from './manifest-platform.ts';

export interface LayoutOptions {
  /** A tag, a whole name or a digest, where the layout holds several images. */
  readonly reference?: string;
  /** `linux/arm64`; this machine's where absent. */
  readonly platform?: string;
  /** A folder for contents that are too large for memory. */
  readonly spool: string;
}

/**
 * Opens an image of an OCI layout: a folder with `index.json` and `blobs/ALGORITHM/DIGITS`.
 *
 * @throws PlimsollError
 */
export async function openLayout(folder: string, { reference, platform, spool }: LayoutOptions): Promise<OpenedImage> {
  const wanted = platform === undefined ? undefined : parsePlatform(platform);
  const index = await readIndexFile(folder);
  const root = chooseReference(index, reference, folder);
  return await openFromBlobs(folderStore(folder), root, {
    kind: 'oci-layout',
    name: reference === undefined ? folder : `${folder}:${reference}`,
    source: folder,
    tags: imageNamesOf(index, root),
    ...(wanted ? { platform: wanted } : {}),
    spool,
  });
}

async function readIndexFile(folder: string): Promise<readonly Descriptor[]> {
  const path = join(folder, 'index.json');
  const blob = openFile(path);
  if (!blob) {
    throw new PlimsollError(
      'image-not-found',
      { en: `${folder} is no OCI layout: it has no index.json`, zh: `${folder} 不是 OCI 布局：缺少 index.json` },
      { en: 'Name the folder that holds index.json and blobs.', zh: '请指定包含 index.json 与 blobs 的文件夹。' },
    );
  }
  try {
    const read = readManifest(await wholeOf(blob.chunks(), largestManifest, path), path);
    if (read.kind === 'index') return read.manifests;
  } catch (error) {
    throw unreadableFile(path, error);
  } finally {
    await blob.close();
  }
  throw unreadableImage(path, { en: 'it is no index of images', zh: '它不是镜像索引' });
}

/** The blobs of a layout's folder. Their names are made of digests only, and what they hold is verified: links may lead anywhere. */
export function folderStore(folder: string): BlobStore {
  const pathOf = (digest: string) => join(folder, 'blobs', ...digest.split(':'));
  return {
    source: folder,
    open: ({ digest }) => Promise.resolve(isDigest(digest) ? openFile(pathOf(digest)) : undefined),
    has: (digest) => isDigest(digest) && statSync(pathOf(digest), { throwIfNoEntry: false })?.isFile() === true,
    close: () => Promise.resolve(),
  };
}

/**
 * A file as a blob; `undefined` where there is none.
 *
 * @throws PlimsollError where it may not be read, or is no file
 */
function openFile(path: string): OpenedBlob | undefined {
  let descriptor: number;
  try {
    // A pipe would have its opener wait.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw unreadableFile(path, error);
  }
  const status = fstatSync(descriptor);
  if (!status.isFile()) {
    closeSync(descriptor);
    throw unreadableImage(path, { en: 'it is no regular file', zh: '它不是普通文件' });
  }
  const file = { descriptor, start: 0, size: status.size };
  return {
    size: status.size,
    file,
    chunks: () => rangeChunks(file),
    close: () => Promise.resolve(closeSync(descriptor)),
  };
}
