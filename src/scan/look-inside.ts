import { createHash } from 'node:crypto';
import { analyserKeys } from '../contents/analysers.ts';
import type { FileListing } from '../contents/difference.ts';
import { mergeVersion } from '../contents/merge/version.ts';
import type { ImageContents } from '../model/image-contents.ts';
import type { OpenedImage } from '../model/opened-image.ts';
import type { ScanStore } from '../store/scan-store.ts';

export interface LookOptions {
  /** What earlier scans found; absent: nothing is kept. */
  readonly store?: ScanStore;
  /** Packages' own files are searched for secrets, and all of them held against their checksums. */
  readonly thorough: boolean;
  /** The files are listed too, to be compared. */
  readonly listing?: boolean;
  /** Told how many layers are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Inside {
  readonly contents: ImageContents;
  /** Only where it was asked for. */
  readonly listing?: FileListing;
}

/** Everything that is in an image: what is known of its layers is not read again. */
export async function lookInside(image: OpenedImage, options: LookOptions): Promise<Inside> {
  const key = imageKey(image, options.thorough);
  const kept = key === undefined || options.listing ? undefined : options.store?.get([key]).get(key);
  if (kept) return { contents: withGapsOf(image, kept as ImageContents) };
  // Whoever finds everything known need not load what reads it.
  const { readImage } = await import('./read-image.ts');
  const { contents, listing, incomplete } = await readImage(image, options);
  // What could not be read this time may be readable the next time.
  if (key !== undefined && !incomplete) options.store?.put(new Map([[key, contents]]));
  return { contents: withGapsOf(image, contents), ...(listing ? { listing } : {}) };
}

/** What is wrong with the place from which an image was read is not kept with the image. */
function withGapsOf({ gaps }: OpenedImage, contents: ImageContents): ImageContents {
  return gaps.length === 0 ? contents : { ...contents, gaps: [...gaps, ...contents.gaps] };
}

/** `undefined` where a layer has no name that its content could be known by. */
function imageKey({ layers, facts }: OpenedImage, thorough: boolean): string | undefined {
  const digests = layers.map(({ digest }) => digest);
  if (digests.length === 0 || digests.includes(undefined)) return undefined;
  // Who can open the files of all layers answers questions that others leave open.
  const canOpen = layers.every(({ source }) => source?.open !== undefined);
  const named = JSON.stringify([digests, facts?.id ?? '', mergeVersion, thorough, canOpen, analyserKeys(thorough)]);
  return `image ${createHash('sha256').update(named).digest('hex')}`;
}
