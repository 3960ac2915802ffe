import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type LoggedMessage, messageOf } from './change-log.ts';

/** What one receiver has yet to be told. */
export interface Outbox {
  /** How many messages wait. */
  readonly count: () => number;
  /** The oldest of them behind this number. */
  readonly next: (after: number) => LoggedMessage | undefined;
  /** Notes that it has this one, so that it never gets it again. */
  readonly delivered: (message: number, now: number) => void;
}

/**
 * The outbox for an address, which is kept as a digest only: addresses hold secrets. A receiver that is new is told what is found from now on.
 *
 * @param since - a receiver is also told what was found from then on and it has not got; milliseconds since 1970
 */
export function openOutbox(database: DatabaseSync, address: string, since?: number): Outbox {
  const key = createHash('sha256').update(address).digest();
  database
    .prepare(
      'INSERT OR IGNORE INTO receiver (address, after) VALUES (?, (SELECT coalesce(max(number), 0) FROM message))',
    )
    .run(key);
  if (since !== undefined) {
    database
      .prepare(
        `UPDATE receiver SET after = min(after, coalesce((SELECT min(number) FROM message WHERE found >= ?) - 1, after))
         WHERE address = ?`,
      )
      .run(since, key);
  }
  const { number } = database.prepare('SELECT number FROM receiver WHERE address = ?').get(key) as { number: number };
  const waiting = `
    FROM message JOIN receiver ON receiver.number = ${number} AND message.number > receiver.after
    WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.receiver = ${number} AND delivery.message = message.number)`;
  const count = database.prepare(`SELECT count(*) AS count ${waiting}`);
  const next = database.prepare(
    `SELECT message.number, message.id, message.content ${waiting} AND message.number > ? ORDER BY message.number LIMIT 1`,
  );
  const note = database.prepare('INSERT OR IGNORE INTO delivery (receiver, message, delivered) VALUES (?, ?, ?)');
  return {
    count: () => (count.get() as { count: number }).count,
    next(after) {
      const row = next.get(after) as unknown as Parameters<typeof messageOf>[0] | undefined;
      return row && messageOf(row);
    },
    delivered: (message, now) => void note.run(number, message, now),
  };
}
