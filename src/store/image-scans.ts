import { imageDigits } from '../model/image-reference.ts';
import type { ImageScan } from '../model/image-scan.ts';
import { readImages, troubleWith } from './image-database.ts';
import { imageFile } from './image-file.ts';

/**
 * When each of these images was scanned last, by its id without the algorithm; those that never were are not in it.
 *
 * @param folder - in which something is remembered
 * @throws PlimsollError where it cannot be read
 */
export function scansOf(folder: string, ids: readonly string[]): ReadonlyMap<string, ImageScan> {
  const database = readImages(folder);
  try {
    const select = database.prepare('SELECT scanned, matched, newest, read FROM image WHERE id = ?');
    const scans = new Map<string, ImageScan>();
    for (const digits of ids.map(imageDigits)) {
      const row = select.get(`sha256:${digits}`) as unknown as ImageScan | undefined;
      if (row) scans.set(digits, row);
    }
    return scans;
  } catch (error) {
    throw troubleWith(imageFile(folder), error);
  } finally {
    database.close();
  }
}
