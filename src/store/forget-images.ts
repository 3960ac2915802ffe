import type { DatabaseSync } from 'node:sqlite';
import { unpackNumbers } from './number-list.ts';
import { readStateMark } from './state-mark.ts';

const day = 86_400_000;

/** What is remembered at most. */
export const memoryLimits = {
  /** Of more, those that were not scanned for the longest time are forgotten. */
  images: 10_000,
  /** Milliseconds without a scan after which an image is forgotten. */
  age: 180 * day,
};

/** Forgetting costs a look at everything that is left: it is done for many at once. */
const slack = { images: 500, age: 7 * day };

/**
 * Forgets images that were not scanned for long, and those that are too many. Within a transaction that may write.
 *
 * @param now - milliseconds since 1970
 */
export function forgetImages(database: DatabaseSync, now: number, { images, age } = memoryLimits): void {
  const { count, oldest } = database.prepare('SELECT count(*) AS count, min(scanned) AS oldest FROM image').get() as {
    count: number;
    oldest: number | null;
  };
  const isOld = oldest !== null && oldest < now - age - slack.age;
  if (!isOld && count <= images + slack.images) return;
  database.prepare('DELETE FROM image WHERE scanned < ?').run(now - age);
  database
    .prepare(
      'DELETE FROM image WHERE number IN (SELECT number FROM image ORDER BY scanned DESC, number LIMIT -1 OFFSET ?)',
    )
    .run(images);
  forgetUnused(database);
}

/** Forgets packages that no image has any more, and what was known of them. Within a transaction that may write. */
export function forgetUnused(database: DatabaseSync): void {
  const used = { package: new Set<number>(), state: new Set<number>() };
  const rows = database.prepare('SELECT packages, states FROM image').iterate() as Iterable<unknown> as Iterable<{
    packages: Uint8Array;
    states: Uint8Array;
  }>;
  for (const { packages, states } of rows) {
    for (const number of unpackNumbers(packages)) used.package.add(number);
    for (const mark of unpackNumbers(states)) used.state.add(readStateMark(mark).number);
  }
  for (const table of ['package', 'state'] as const) {
    const remove = database.prepare(`DELETE FROM ${table} WHERE number = ?`);
    const kept = database.prepare(`SELECT number FROM ${table}`).all() as { number: number }[];
    for (const { number } of kept) if (!used[table].has(number)) remove.run(number);
  }
}
