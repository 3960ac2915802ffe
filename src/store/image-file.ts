import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file of remembered images in the folder of data. */
export function imageFile(folder: string): string {
  return join(folder, 'images.sqlite');
}

/** Whether anything was ever remembered. */
export function hasImages(folder: string): boolean {
  return existsSync(imageFile(folder));
}
