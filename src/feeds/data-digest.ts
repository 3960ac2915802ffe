import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { layoutVersion, readerVersion } from './advisory-database.ts';
import type { FeedPart } from './feed-part.ts';

/**
 * What names the data in a store: SHA-256, hexadecimal, of everything that was ever read into it, in its order, and of how it is read. What a
 * store says depends on nothing else.
 *
 * @returns `null` for a store into which nothing was read yet
 */
export function dataDigestOf(database: DatabaseSync): string | null {
  const row = database.prepare('SELECT digest FROM store').get() as { digest: string | null } | undefined;
  return row?.digest ?? null;
}

/** Whether an earlier Plimsoll read records otherwise than this one does, so that all of them are to be read again. */
export function isReadOtherwise(database: DatabaseSync): boolean {
  const row = database.prepare('SELECT reader FROM store').get() as { reader: number } | undefined;
  return row !== undefined && row.reader !== readerVersion;
}

/** Notes that parts were read after all that was read before. */
export function noteRead(database: DatabaseSync, parts: readonly Pick<FeedPart, 'kind' | 'digest'>[]): void {
  const hash = createHash('sha256').update(`${layoutVersion} ${readerVersion}\n${dataDigestOf(database) ?? ''}\n`);
  for (const { kind, digest } of parts) hash.update(`${kind} ${digest}\n`);
  database.exec('DELETE FROM store');
  database.prepare('INSERT INTO store (digest, reader) VALUES (?, ?)').run(hash.digest('hex'), readerVersion);
}
