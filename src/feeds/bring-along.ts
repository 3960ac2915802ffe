import { layoutVersion, openAdvisoryDatabase } from './advisory-database.ts';
import { replaceStore } from './replace-store.ts';
import { storeFile } from './store-file.ts';
import { layoutOf } from './store-layout.ts';

/**
 * Brings the store in a folder to the layout of this Plimsoll where an older one wrote it; the old file stays in use until that is done. What is
 * no store, or none of an older layout, is left as it is.
 *
 * @throws PlimsollError where the folder cannot be written, or another process is at it
 */
export async function bringAlong(folder: string): Promise<void> {
  // Nearly always there is nothing to do.
  const version = layoutOf(storeFile(folder));
  if (version === undefined || version < 1 || version >= layoutVersion) return;
  await replaceStore(folder, async (copy) => {
    openAdvisoryDatabase(copy, { writes: true, named: storeFile(folder) }).close();
    return Promise.resolve();
  });
}
