import { ecosystemsOfImages } from './compared-images.ts';
import { readImages, troubleWith } from './image-database.ts';
import { hasImages, imageFile } from './image-file.ts';

/**
 * Ecosystems, without their releases, that the packages of remembered images belong to: those that advisories are needed of. `[]` where
 * nothing is remembered.
 *
 * @throws PlimsollError where it cannot be read
 */
export function rememberedEcosystems(folder: string): string[] {
  if (!hasImages(folder)) return [];
  const database = readImages(folder);
  try {
    return ecosystemsOfImages(database);
  } catch (error) {
    throw troubleWith(imageFile(folder), error);
  } finally {
    database.close();
  }
}
