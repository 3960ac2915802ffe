import { closeSync, openSync, readSync } from 'node:fs';
import { layoutVersion, openAdvisoryDatabase } from './advisory-database.ts';
import { replaceStore } from './replace-store.ts';
import { storeFile } from './store-file.ts';

/**
 * Brings the store in a folder to the layout of this Plimsoll where an older one wrote it; the old file stays in use until that is done. What is
 * no store, or none of an older layout, is left as it is.
 *
 * @throws PlimsollError where the folder cannot be written, or another process is at it
 */
export async function bringAlong(folder: string): Promise<void> {
  const version = layoutOf(storeFile(folder));
  if (version === undefined || version < 1 || version >= layoutVersion) return;
  await replaceStore(folder, async (copy) => {
    openAdvisoryDatabase(copy, { writes: true, named: storeFile(folder) }).close();
    return Promise.resolve();
  });
}

/** Where a file of SQLite has the number that its owner gave it: https://www.sqlite.org/fileformat.html */
const header = { length: 64, magic: 'SQLite format 3\0', userVersion: 60 };

/** Without opening it as a database: nearly always there is nothing to do. */
function layoutOf(file: string): number | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(header.length);
    const length = readSync(descriptor, bytes, 0, header.length, 0);
    if (length < header.length || bytes.toString('latin1', 0, header.magic.length) !== header.magic) return undefined;
    return bytes.readUInt32BE(header.userVersion);
  } catch {
    // Whoever opens it says what is wrong with it.
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
