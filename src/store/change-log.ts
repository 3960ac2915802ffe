import type { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { ChangeMessage } from '../model/image-change.ts';

const day = 86_400_000;

/** How much is kept of changes that were found. */
export const logLimits = {
  /** Milliseconds. */
  age: 90 * day,
  /** Bytes, packed. */
  size: 64 * 1024 ** 2,
};

/** What one message may grow to when it is read again, bytes. */
const longest = 64 * 1024 ** 2;

export interface LoggedMessage {
  readonly number: number;
  readonly id: string;
  readonly message: ChangeMessage;
}

interface MessageRow {
  readonly number: number;
  readonly id: string;
  readonly content: Uint8Array;
}

/** Keeps a message. Within a transaction that may write. */
export function logMessage(database: DatabaseSync, id: string, message: ChangeMessage): void {
  const content = zstdCompressSync(JSON.stringify(message));
  database
    .prepare('INSERT INTO message (id, found, size, content) VALUES (?, ?, ?, ?)')
    .run(id, Date.parse(message.found), content.length, content);
}

/** Messages on what was found since then, the oldest first. */
export function* messagesSince(database: DatabaseSync, since: number): Generator<LoggedMessage> {
  const select = database.prepare(
    'SELECT number, id, content FROM message WHERE number > ? AND found >= ? ORDER BY number LIMIT 1',
  );
  for (let last = 0; ;) {
    const row = select.get(last, since) as unknown as MessageRow | undefined;
    if (!row) return;
    last = row.number;
    yield messageOf(row);
  }
}

export function messageOf({ number, id, content }: MessageRow): LoggedMessage {
  const text = zstdDecompressSync(content, { maxOutputLength: longest }).toString('utf8');
  return { number, id, message: JSON.parse(text) as ChangeMessage };
}

/**
 * Forgets what is too old, and the oldest of what is too much.
 *
 * @param now - milliseconds since 1970
 * @returns how many of the messages that went had not reached everybody who waits for them
 */
export function forgetMessages(database: DatabaseSync, now: number, { age, size } = logLimits): number {
  const last = lastToForget(database, now - age, size);
  if (last === 0) return 0;
  const { count } = database
    .prepare(
      `SELECT count(*) AS count FROM message JOIN receiver ON message.number > receiver.after
       WHERE message.number <= ? AND NOT EXISTS (
         SELECT 1 FROM delivery WHERE delivery.receiver = receiver.number AND delivery.message = message.number
       )`,
    )
    .get(last) as { count: number };
  database.prepare('DELETE FROM message WHERE number <= ?').run(last);
  database.prepare('DELETE FROM delivery WHERE message <= ?').run(last);
  return count;
}

/** The number of the newest message that has to go; 0: none. */
function lastToForget(database: DatabaseSync, oldest: number, size: number): number {
  const rows = database.prepare('SELECT number, found, size FROM message ORDER BY number DESC').iterate();
  let kept = 0;
  for (const row of rows as Iterable<unknown> as Iterable<{ number: number; found: number; size: number }>) {
    kept += row.size;
    if (row.found < oldest || kept > size) return row.number;
  }
  return 0;
}
