import { join } from 'node:path';

/** The file of the store of advisories in its folder. */
export function storeFile(folder: string): string {
  return join(folder, 'advisories.sqlite');
}
