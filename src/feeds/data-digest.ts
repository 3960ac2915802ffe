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

/** What a feed was read from. */
export interface ReadPart extends Pick<FeedPart, 'kind' | 'digest'> {
  /** Of the feed, as `feedKey` has it. */
  readonly key: string;
}

interface Reading {
  /** What the store was read from before. */
  readonly before: readonly ReadPart[];
  /** What was read now. */
  readonly parts: readonly ReadPart[];
  /** What of it is other than before. */
  readonly changing: readonly ReadPart[];
  /** Whether older records took the place of newer ones. */
  readonly allowOlder: boolean;
}

/** Notes that parts were read after all that was read before; where they changed nothing, the data is called as before. */
export function noteRead(database: DatabaseSync, { before, parts, changing, allowOlder }: Reading): void {
  const wasReadOtherwise = isReadOtherwise(database);
  const known = dataDigestOf(database);
  const added = wasReadOtherwise ? parts : changing;
  if (added.length === 0) return;
  const hash = createHash('sha256').update(`${layoutVersion} ${readerVersion}\n${known ?? ''}\n`);
  // A store of an older layout has no digest: then it is called by all that is known of what is in it.
  for (const { kind, digest } of known === null ? before : []) hash.update(`before ${kind} ${digest}\n`);
  for (const { kind, digest } of added) hash.update(`${kind} ${digest}${allowOlder ? ' older' : ''}\n`);
  // As long as a feed was not read again, something is left for the next import.
  const isLeft = before.some(({ key, kind }) => kind === 'advisories' && !parts.some((part) => part.key === key));
  const reader = wasReadOtherwise && isLeft ? 'reader' : readerVersion;
  database.prepare(`UPDATE store SET digest = ?, reader = ${reader}`).run(hash.digest('hex'));
}
