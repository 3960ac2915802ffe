import { type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import { isObject, textAt } from '../engine/reading.ts';
import { type ArchiveFile, memberBlob, type WantedImage } from './archive-file.ts';
import { openFromBlobs } from './blob-image.ts';
import { wholeOf } from './blob-read.ts';
import type { BlobStore, Descriptor } from './blob-store.ts';
import { isDigest } from './blob-digest.ts';
import { type ImageIndex, largestManifest, parseJson, readManifest } from './manifest.ts';
import { chooseReference, imageNamesOf } from './manifest-reference.ts';

/**
 * Opens an OCI layout in an archive; `undefined` where it is none. Docker writes both, this and the older form, since version 25: this one is
 * preferred, as it tells platforms apart and its manifests can be verified.
 *
 * @throws PlimsollError
 */
export async function openLayoutArchive(file: ArchiveFile, wanted: WantedImage): Promise<OpenedImage | undefined> {
  const { path } = file;
  const index = await readIndex(file);
  if (!index) return undefined;
  const root = chooseReference(index.manifests, wanted.image, path);
  const { platform, spool } = wanted;
  return await openFromBlobs(archiveStore(file), root, {
    kind: 'archive',
    name: wanted.image === undefined ? path : `${path}:${wanted.image}`,
    source: path,
    tags: imageNamesOf(index.manifests, root),
    ...(platform ? { platform } : {}),
    gaps: otherFiles(file),
    spool,
  });
}

async function readIndex(file: ArchiveFile): Promise<ImageIndex | undefined> {
  const marker = await smallMember(file, 'oci-layout');
  const bytes = marker && (await smallMember(file, 'index.json'));
  if (!bytes || !isMarker(marker)) return undefined;
  const index = readManifest(bytes, `${file.path} index.json`);
  return index.kind === 'index' && index.manifests.some((each) => archiveHas(file, each)) ? index : undefined;
}

function isMarker(bytes: Buffer): boolean {
  try {
    const value = parseJson(bytes, 'oci-layout');
    return isObject(value) && textAt(value, 'imageLayoutVersion') !== undefined;
  } catch {
    return false;
  }
}

/**
 * A small file of an archive; `undefined` where there is none.
 *
 * @throws PlimsollError where it is too large
 */
export async function smallMember(
  file: ArchiveFile,
  name: string,
  most = largestManifest,
): Promise<Buffer | undefined> {
  const blob = memberBlob(file, name);
  return blob && (await wholeOf(blob.chunks(), most, `${file.path} ${name}`));
}

function archiveStore(file: ArchiveFile): BlobStore {
  return {
    source: file.path,
    open: ({ digest }) => Promise.resolve(isDigest(digest) ? memberBlob(file, blobPath(digest)) : undefined),
    has: (digest) => archiveHas(file, { digest }),
    close: () => Promise.resolve(),
  };
}

function archiveHas(file: ArchiveFile, { digest }: Pick<Descriptor, 'digest'>): boolean {
  return isDigest(digest) && file.tar.find(blobPath(digest)) !== undefined;
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** What every root file system has, and no archive of images. */
const ofRoots = ['etc', 'usr', 'bin', 'etc/passwd', 'usr/bin', 'etc/os-release'];

/** Whoever puts an image into the archive of a root file system would have that overlooked. */
export function otherFiles({ path, tar }: ArchiveFile): UnreadableFact[] {
  const found = ofRoots.find((each) => tar.find(each));
  if (found === undefined) return [];
  return [
    unreadable(
      'file',
      path,
      {
        en: `besides an image the archive holds a file system of its own (/${found}), which was not read`,
        zh: `除镜像外，归档中还有一个文件系统（/${found}），未读取`,
      },
      { en: 'unpack the archive and scan the folder', zh: '解压归档并扫描该文件夹' },
    ),
  ];
}
