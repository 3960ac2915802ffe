import { PlimsollError } from '../../model/error.ts';
import { unreadable } from '../../model/fact.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import { openLayoutArchive } from './archive-layout.ts';
import { openRootArchive } from './archive-root.ts';
import { openSavedArchive, readSavedImages, type SavedImage } from './archive-saved.ts';
import { type ArchiveFile, openArchiveFile, type WantedImage } from './archive-file.ts';
import { unreadableFile, unreadableImage } from './blob-error.ts';
import { parsePlatform } from './manifest-platform.ts';

export interface ArchiveOptions {
  /** `linux/arm64`; this machine's where absent. */
  readonly platform?: string;
  /** A name, a tag, an id or a digest, where the archive holds several images. */
  readonly image?: string;
  /** A folder for what is unpacked, and for contents that are too large for memory. */
  readonly spool: string;
}

/**
 * Opens an archive: what `docker save` wrote in whatever version, an OCI layout, or a root file system, of which it is told apart by what
 * is in it. One that is compressed as a whole is unpacked once into a file without a name: its layers are then read by their place, in
 * whatever order, and that takes as much disk as the archive has bytes.
 *
 * @throws PlimsollError
 */
export async function openArchive(path: string, options: ArchiveOptions): Promise<OpenedImage> {
  const { platform, image, spool } = options;
  const wanted: WantedImage = {
    ...(platform === undefined ? {} : { platform: parsePlatform(platform) }),
    ...(image === undefined ? {} : { image }),
    spool,
  };
  const file = await openArchiveFile(path, spool);
  try {
    const opened = await openAs(file, wanted);
    return {
      ...opened,
      gaps: [...opened.gaps, ...file.gaps],
      close: async () => {
        await opened.close();
        file.close();
      },
    };
  } catch (error) {
    file.close();
    throw unreadableFile(path, error);
  }
}

async function openAs(file: ArchiveFile, wanted: WantedImage): Promise<OpenedImage> {
  const first = file.tar.members().next();
  if (first.done && first.value.damage && first.value.position < 512) throw unreadableImage(file.path, isNoArchive);
  const saved = await readSavedImages(file);
  const layout = await openLayoutOr(file, wanted, saved !== undefined);
  if (layout) return saved && !wanted.platform ? withDoubts(layout, saved, file.path) : layout;
  if (saved) return await openSavedArchive(file, saved, wanted);
  if (looksSaved(file)) throw unreadableImage(file.path, hasNoManifest);
  return openRootArchive(file, wanted);
}

/** By the id of its configuration an image is only known to the older form, which may be there too. */
async function openLayoutOr(
  file: ArchiveFile,
  wanted: WantedImage,
  isSaved: boolean,
): Promise<OpenedImage | undefined> {
  try {
    return await openLayoutArchive(file, wanted);
  } catch (error) {
    const isNotNamed = error instanceof PlimsollError && error.code === 'image-not-found';
    if (isNotNamed && isSaved && wanted.image !== undefined) return undefined;
    throw error;
  }
}

/** Engines read the one form or the other: where they tell of different images, one of them was not looked at. */
function withDoubts(image: OpenedImage, saved: readonly SavedImage[], path: string): OpenedImage {
  const id = image.facts?.id ?? '';
  if (saved.some(({ config }) => config.endsWith(id.slice(7)) || config.endsWith(`${id.slice(7)}.json`))) return image;
  return { ...image, gaps: [...image.gaps, unreadable('file', `${path} manifest.json`, differs, oneForm)] };
}

/** Members that are looked at to see what an archive is of. */
const firstMembers = 20;

/** What is left of an archive of images when its end is missing: the manifest comes last. */
function looksSaved({ tar }: ArchiveFile): boolean {
  const members = tar.members().take(firstMembers);
  return members.some(({ path }) => /^(?:\.?\/)?(?:[\da-f]{64}(?:\/|\.json$)|blobs\/|oci-layout$)/.test(path));
}

const isNoArchive = { en: 'it is no tar archive', zh: '它不是 tar 归档' };
const hasNoManifest = {
  en: 'it holds parts of images, but neither the manifest of an image nor an index of several that it has; it may be cut off',
  zh: '其中有镜像的组成部分，但没有镜像清单或可用的索引，可能不完整',
};
const differs = {
  en: 'it tells of another image than index.json, and some engines load that one: it was not looked at',
  zh: '它描述的镜像与 index.json 不同，部分引擎会加载该镜像：未检查',
};
const oneForm = { en: 'an archive whose two descriptions agree', zh: '两份描述一致的归档' };
