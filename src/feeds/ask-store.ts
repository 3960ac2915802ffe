import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { openAdvisoryDatabase, readingStore } from './advisory-database.ts';
import { storeFile } from './store-file.ts';

/**
 * Opens the store in a folder for one answer; `undefined` where there is no store yet.
 *
 * @throws PlimsollError for a store that cannot be read
 */
export function askStore<T>(folder: string, ask: (database: DatabaseSync) => T): T | undefined {
  const file = storeFile(folder);
  if (!existsSync(file)) return undefined;
  const database = openAdvisoryDatabase(file, { writes: false });
  try {
    return readingStore(file, () => ask(database));
  } finally {
    database.close();
  }
}
