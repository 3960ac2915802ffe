import type { DatabaseSync } from 'node:sqlite';
import type { FeedStatus } from '../model/feed-status.ts';

/** How old what is known of a feed is. */
export interface FeedAge extends Pick<FeedStatus, 'name' | 'kind' | 'digest' | 'newest' | 'read'> {
  /** By which a feed is known again, however it is written. */
  readonly key: string;
}

/** A feed that would be older than it is. Times are seconds since 1970. */
export interface SetBack extends Pick<FeedStatus, 'name' | 'kind'> {
  /** By its newest record, by when it was read; or it would not be there at all. */
  readonly by: 'newest' | 'read' | 'missing';
  readonly before: number;
  readonly after?: number;
}

/** What is in use of each feed. */
export function feedAges(database: DatabaseSync): FeedAge[] {
  return database
    .prepare('SELECT key, name, kind, digest, newest, read FROM feed ORDER BY kind, name')
    .all() as unknown as FeedAge[];
}

/** Seconds by which the newest record of a feed may be older than before, if the feed was read later. */
const deletions = 24 * 3600;

/**
 * Which feeds would go back in time. A feed does whose newest record is older than before. Where it was read later than before, that
 * counts from a day on: it happens that a newest record is deleted where it came from, and then the one before it is the newest. Feeds whose
 * records have no dates go by when they were read.
 */
export function setBacks(before: readonly FeedAge[], after: readonly FeedAge[]): SetBack[] {
  const later = new Map(after.map((feed) => [feed.key, feed]));
  return before.flatMap((old): SetBack[] => {
    const { name, kind } = old;
    const feed = later.get(old.key);
    if (!feed) return [{ name, kind, by: 'missing', before: old.newest ?? old.read }];
    if (feed.digest === old.digest) return [];
    if (old.newest !== null && feed.newest !== null) {
      const lost = old.newest - feed.newest;
      const isOlder = feed.read < old.read ? lost > 0 : lost >= deletions;
      return isOlder ? [{ name, kind, by: 'newest', before: old.newest, after: feed.newest }] : [];
    }
    return feed.read < old.read ? [{ name, kind, by: 'read', before: old.read, after: feed.read }] : [];
  });
}
