import type { DatabaseSync } from 'node:sqlite';
import type { BundledFeed } from './manifest.ts';

/** The feeds of a store as a bundle names them, always in the same order. */
export function bundledFeeds(database: DatabaseSync): BundledFeed[] {
  return database
    .prepare('SELECT name, kind, digest, newest, read, records FROM feed ORDER BY key')
    .all()
    .map((row) => {
      const { name, kind, digest, newest, read, records } = row as unknown as BundledFeed;
      return { name, kind, digest, newest, read, records };
    });
}
