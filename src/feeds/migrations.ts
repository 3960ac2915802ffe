import type { DatabaseSync } from 'node:sqlite';
import { packRatings, packUpstream, ratingNumbers } from './advisory-columns.ts';
import { packText, unpackText } from './packed-text.ts';

/** What brings a store from a layout to the next, by the number of the older one. Never to be changed once it was released. */
const migrations: Readonly<Record<number, (database: DatabaseSync) => void>> = {
  1: separateTexts,
};

/**
 * Brings a store of an older layout to the newest one.
 *
 * @param from - its layout, from 1
 */
export function migrate(database: DatabaseSync, from: number): void {
  database.exec('BEGIN');
  for (let layout = from; ; layout += 1) {
    const step = migrations[layout];
    if (!step) break;
    step(database);
    database.exec(`PRAGMA user_version = ${layout + 1}`);
  }
  database.exec('COMMIT');
}

type OldDetails = readonly [
  published: number,
  summary: string,
  upstream: readonly string[],
  references: readonly string[],
  ratings: Parameters<typeof packRatings>[0],
];

/** What matching needs of an advisory leaves the compressed text; the store gets a digest. */
function separateTexts(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE store (digest TEXT, reader INTEGER NOT NULL) STRICT;
    INSERT INTO store (digest, reader) VALUES (NULL, 0);
    CREATE TABLE rating (id INTEGER PRIMARY KEY, ratings TEXT NOT NULL) STRICT;
    ALTER TABLE advisory ADD COLUMN upstream TEXT;
    ALTER TABLE advisory ADD COLUMN ratings INTEGER;
    ALTER TABLE advisory RENAME COLUMN details TO texts;
  `);
  const numberOf = ratingNumbers(database);
  const update = database.prepare('UPDATE advisory SET upstream = ?, ratings = ?, texts = ? WHERE id = ?');
  const rows = database.prepare('SELECT id, texts FROM advisory WHERE length(texts) > 0').all() as unknown as {
    readonly id: number;
    readonly texts: Uint8Array;
  }[];
  for (const { id, texts } of rows) {
    const [, summary, upstream, [link = ''], ratings] = JSON.parse(unpackText(texts)) as OldDetails;
    update.run(packUpstream(upstream), numberOf(packRatings(ratings)), packText(JSON.stringify([summary, link])), id);
  }
}
