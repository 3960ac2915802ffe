import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { changeMessage } from '../../test/image-changes.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { forgetMessages, logLimits, logMessage, messagesSince } from './change-log.ts';
import { openImages } from './image-database.ts';
import { openOutbox, type Outbox } from './outbox.ts';

const day = 86_400_000;
const first = Date.UTC(2026, 5, 1);
const address = 'https://hooks.example/secret-of-the-path';

function log(database: DatabaseSync, id: string, found: number): void {
  logMessage(database, id, changeMessage({ set: id, found: new Date(found).toISOString() }));
}

function inLog(work: (database: DatabaseSync) => void): void {
  using temporary = temporaryFolder();
  const database = openImages(temporary.path);
  try {
    work(database);
  } finally {
    database.close();
  }
}

const idsSince = (database: DatabaseSync, since: number) => Array.from(messagesSince(database, since), ({ id }) => id);

function waiting(outbox: Outbox): string[] {
  const ids: string[] = [];
  for (let next = outbox.next(0); next; next = outbox.next(next.number)) ids.push(next.id);
  expect(outbox.count()).toBe(ids.length);
  return ids;
}

describe('the log', () => {
  test('gives back what was found since a moment, the oldest first', () => {
    inLog((database) => {
      log(database, 'a', first);
      log(database, 'b', first + day);
      expect(idsSince(database, first)).toEqual(['a', 'b']);
      expect(idsSince(database, first + 1)).toEqual(['b']);
      expect([...messagesSince(database, first + day)][0]?.message).toEqual(
        changeMessage({ set: 'b', found: '2026-06-02T00:00:00.000Z' }),
      );
    });
  });

  test('the same message cannot be there twice', () => {
    inLog((database) => {
      log(database, 'a', first);
      expect(() => log(database, 'a', first)).toThrow(/UNIQUE/);
    });
  });

  test('is not kept for ever: neither what is old nor what is too much', () => {
    inLog((database) => {
      for (const [index, id] of ['a', 'b', 'c'].entries()) log(database, id, first + index * day);
      expect(forgetMessages(database, first + 90 * day)).toBe(0);
      expect(idsSince(database, 0)).toEqual(['a', 'b', 'c']);
      forgetMessages(database, first + 90 * day + 1);
      expect(idsSince(database, 0)).toEqual(['b', 'c']);
      const { size } = database.prepare("SELECT size FROM message WHERE id = 'c'").get() as { size: number };
      forgetMessages(database, first, { ...logLimits, size });
      expect(idsSince(database, 0)).toEqual(['c']);
    });
  });
});

describe('an outbox', () => {
  test('has what is found after its receiver was named first, until it was delivered', () => {
    inLog((database) => {
      log(database, 'before', first);
      const outbox = openOutbox(database, address);
      expect(waiting(outbox)).toEqual([]);
      log(database, 'a', first + 1);
      log(database, 'b', first + 2);
      expect(waiting(outbox)).toEqual(['a', 'b']);
      outbox.delivered(outbox.next(0)?.number ?? 0, first);
      expect(waiting(outbox)).toEqual(['b']);
      expect(waiting(openOutbox(database, address))).toEqual(['b']);
    });
  });

  test('is one for each address, which is not in the file', () => {
    using temporary = temporaryFolder();
    const database = openImages(temporary.path);
    const [left, right] = [openOutbox(database, address), openOutbox(database, `${address}/other`)];
    log(database, 'a', first);
    left.delivered(left.next(0)?.number ?? 0, first);
    expect(waiting(right)).toEqual(['a']);
    expect(JSON.stringify(database.prepare('SELECT * FROM receiver').all())).not.toContain('hooks');
    database.close();
  });

  test('reaches back where that is asked for, and has nothing twice', () => {
    inLog((database) => {
      for (const [index, id] of ['a', 'b', 'c'].entries()) log(database, id, first + index * day);
      expect(waiting(openOutbox(database, address, first + day))).toEqual(['b', 'c']);
      const outbox = openOutbox(database, address);
      for (const id of ['b', 'c']) {
        const next = outbox.next(0);
        expect(next?.id).toBe(id);
        outbox.delivered(next?.number ?? 0, first);
      }
      expect(waiting(openOutbox(database, address, first))).toEqual(['a']);
      // A later day takes nothing away.
      expect(waiting(openOutbox(database, address, first + 9 * day))).toEqual(['a']);
    });
  });

  test('says how many were forgotten that never came through', () => {
    inLog((database) => {
      const outbox = openOutbox(database, address);
      openOutbox(database, `${address}/other`);
      log(database, 'a', first);
      log(database, 'b', first + 1);
      outbox.delivered(outbox.next(0)?.number ?? 0, first);
      expect(forgetMessages(database, first + 91 * day)).toBe(3);
      expect(database.prepare('SELECT count(*) AS count FROM delivery').get()).toEqual({ count: 0 });
      // Numbers are not used again: what comes next is new to both.
      log(database, 'c', first + 92 * day);
      expect(waiting(openOutbox(database, address))).toEqual(['c']);
    });
  });
});
