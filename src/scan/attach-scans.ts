import { PlimsollError } from '../model/error.ts';
import { type Fact, known, unreadable } from '../model/fact.ts';
import type { ImageFacts } from '../model/image.ts';
import { imageDigits } from '../model/image-reference.ts';
import type { ImageScan } from '../model/image-scan.ts';
import { hasImages, imageFile } from '../store/image-file.ts';
import { scansOf } from '../store/image-scans.ts';

/**
 * The same images with when each was scanned on this machine; as they are where no scan is remembered.
 *
 * @param folder - where scans are remembered
 */
export function withScans(images: readonly ImageFacts[], folder: string): readonly ImageFacts[] {
  if (images.length === 0 || !hasImages(folder)) return images;
  const scanOf = readScans(images, folder);
  return images.map((image) => ({ ...image, scanned: scanOf(image.id) }));
}

function readScans(images: readonly ImageFacts[], folder: string): (id: string) => Fact<ImageScan | null> {
  const path = imageFile(folder);
  try {
    const scans = scansOf(
      folder,
      images.map(({ id }) => id),
    );
    return (id) => known(scans.get(imageDigits(id)) ?? null, 'file', path);
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    const { text, advice = text } = error;
    return () => unreadable('file', path, text, advice);
  }
}
