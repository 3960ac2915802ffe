import type { DatabaseSync } from 'node:sqlite';
import type { FeedStatus } from '../model/feed-status.ts';
import { feedKey } from './feed-key.ts';

/** A feed whose file is still what was read of it. */
export type CurrentFeed = Pick<FeedStatus, 'name' | 'origin' | 'digest'>;

/**
 * Notes that feeds are as fresh as if they had just been read: whoever publishes them was asked, and has nothing newer.
 *
 * @param now seconds since 1970
 */
export function noteCurrent(database: DatabaseSync, feeds: readonly CurrentFeed[], now: number): void {
  const update = database.prepare('UPDATE feed SET read = ?, origin = ? WHERE key = ? AND digest = ?');
  for (const { name, origin, digest } of feeds) update.run(now, origin, feedKey(name), digest);
}
