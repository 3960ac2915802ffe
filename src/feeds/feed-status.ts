import type { DatabaseSync } from 'node:sqlite';
import type { DataSource, FeedAside, FeedStatus } from '../model/feed-status.ts';
import { askStore } from './ask-store.ts';
import { originOf } from './bundle/store-origin.ts';
import { dataDigestOf, isReadOtherwise } from './data-digest.ts';
import { feedKey } from './feed-key.ts';

/**
 * Every feed of the store in a folder, by name; none where there is no store yet.
 *
 * @throws PlimsollError for a store that cannot be read
 */
export function readFeedStatus(folder: string): FeedStatus[] {
  return askStore(folder, statusOf) ?? [];
}

/**
 * Every feed of the store in a folder that need not be read again while its file is the same; none where an earlier Plimsoll read records otherwise.
 *
 * @throws PlimsollError for a store that cannot be read
 */
export function readFeedsInUse(folder: string): FeedStatus[] {
  return askStore(folder, (database) => (isReadOtherwise(database) ? [] : statusOf(database))) ?? [];
}

/**
 * Which data is in the store in a folder.
 *
 * @throws PlimsollError for a store that cannot be read
 */
export function readDataSource(folder: string): DataSource {
  const data = askStore(folder, dataDigestOf) ?? null;
  return { data, bundle: originOf(folder, data) ?? null };
}

function statusOf(database: DatabaseSync): FeedStatus[] {
  const feeds = database
    .prepare('SELECT key, name, kind, origin, digest, read, newest, records, withdrawn FROM feed ORDER BY kind, name')
    .all() as unknown as (Omit<FeedStatus, 'aside'> & { readonly key: string })[];
  const aside = database.prepare('SELECT reason, count, example FROM aside WHERE feed = ? ORDER BY count DESC, reason');
  return feeds.map(({ key, ...feed }) => ({ ...feed, aside: aside.all(key) as unknown as FeedAside[] }));
}

/** When the catalogue of exploited vulnerabilities was read, seconds since 1970; `undefined` where it never was. */
export function exploitedReadIn(database: DatabaseSync): number | undefined {
  const row = database.prepare("SELECT MAX(read) AS read FROM feed WHERE kind = 'exploited'").get();
  return (row as { read: number | null }).read ?? undefined;
}

/** How fresh the advisories of an ecosystem are: by its name without spaces, in lower case, as exports are called differently. */
export function freshnessOf(database: DatabaseSync): ReadonlyMap<string, Pick<FeedStatus, 'newest' | 'read'>> {
  const rows = database
    .prepare("SELECT name, newest, read FROM feed WHERE kind = 'advisories'")
    .all() as unknown as Pick<FeedStatus, 'name' | 'newest' | 'read'>[];
  return new Map(rows.map(({ name, newest, read }) => [feedKey(name), { newest, read }]));
}
