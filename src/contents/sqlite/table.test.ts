import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { contentOf } from '../../../test/cataloged.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { sqlitePages } from './pages.ts';
import { readRecord, readVarint } from './records.ts';
import { readTable, rootOfTable, type TableDamage } from './table.ts';

function databaseOf(statements: string, rows: readonly (readonly (string | number | Uint8Array | null)[])[]) {
  using folder = temporaryFolder();
  const path = join(folder.path, 'file');
  const database = new DatabaseSync(path);
  database.exec(statements);
  const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?)');
  database.exec('BEGIN');
  for (const row of rows) insert.run(...row);
  database.exec('COMMIT');
  database.exec('DELETE FROM t WHERE a % 5 = 4');
  database.close();
  const pages = sqlitePages(contentOf(readFileSync(path)));
  if (!pages) throw new Error('no database');
  return pages;
}

function rowsOf(pages: NonNullable<ReturnType<typeof sqlitePages>>, largest = 10 ** 7) {
  const rows: unknown[][] = [];
  const damages: TableDamage[] = [];
  readTable(pages, rootOfTable(pages, 't') ?? 0, largest, {
    row: (bytes) => {
      rows.push(
        readRecord(bytes).map((value) => {
          if (value.kind === 'number') return value.value;
          return value.kind === 'null' ? undefined : bytes.toString('latin1', value.start, value.end);
        }),
      );
    },
    damaged: (damage) => damages.push(damage),
  });
  return { rows, damages };
}

const rows = Array.from(
  { length: 400 },
  (_, index) => [index, `text ${index}`, Buffer.alloc(index * 37, index % 256)] as const,
);

test.each([
  ['pages of 512 bytes', 'PRAGMA page_size = 512'],
  ['pages of 4096 bytes', ''],
  ['pages of 65536 bytes', 'PRAGMA page_size = 65536'],
  ['pages that are moved around', 'PRAGMA auto_vacuum = FULL; PRAGMA page_size = 1024'],
])('%s: every row, those deleted left out', (_name, pragma) => {
  const pages = databaseOf(`${pragma}; CREATE TABLE other (a); CREATE TABLE t (a INTEGER, b, c)`, rows);
  const { rows: found, damages } = rowsOf(pages);
  expect(damages).toEqual([]);
  expect(found).toEqual(
    rows.filter(([number]) => number % 5 !== 4).map(([number, text, blob]) => [number, text, blob.toString('latin1')]),
  );
});

test('numbers of every size', () => {
  const numbers = [0, 1, -1, 127, -32_768, 8_388_607, -(2 ** 31), 2 ** 47 - 1, -(2 ** 52), 1.5];
  const pages = databaseOf(
    'CREATE TABLE t (a INTEGER, b INTEGER, c)',
    numbers.map((number) => [0, number, null]),
  );
  // What has a fraction is not needed.
  expect(rowsOf(pages).rows.map((row) => row[1])).toEqual([...numbers.slice(0, -1), undefined]);
});

test('a record that is too large is damage, and the others are there', () => {
  const { rows: found, damages } = rowsOf(databaseOf('CREATE TABLE t (a INTEGER, b, c)', rows), 10_000);
  expect(found.length).toBeGreaterThan(100);
  expect(new Set(damages)).toEqual(new Set(['tooLarge']));
});

test('a number of nine bytes is a large one', () => {
  expect(readVarint(Buffer.from([0x81, 0x00]), 0)).toEqual({ value: 128, next: 2 });
  expect(readVarint(Buffer.alloc(9, 0xff), 0)?.value).toBeGreaterThan(2 ** 63);
  expect(readVarint(Buffer.alloc(8, 0xff), 0)).toBeUndefined();
});

test('a table that is not there has no root', () => {
  expect(rootOfTable(databaseOf('CREATE TABLE t (a INTEGER, b, c)', []), 'packages')).toBeUndefined();
});

/** A leaf of a table: `count` cells that all stand at one place, with a record of `length` bytes. */
function leafOf(count: number, length: number): Buffer {
  const page = Buffer.alloc(4096);
  page[0] = 13;
  page.writeUInt16BE(count, 3);
  const cell = page.length - length - 3;
  for (let index = 0; index < count; index += 1) page.writeUInt16BE(cell, 8 + index * 2);
  page.set([0x80 | (length >> 7), length & 0x7f, 1], cell);
  return page;
}

test('cells that lie over each other are not shown again and again', () => {
  const shown: number[] = [];
  const damages: TableDamage[] = [];
  const page = leafOf(500, 1000);
  readTable({ pageSize: 4096, usable: 4096, count: 2, page: () => page }, 2, 10_000, {
    row: (record) => shown.push(record.length),
    damaged: (damage) => damages.push(damage),
  });
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(6);
  expect(damages).toEqual(['circle']);
});

test('a page to which another leads a thousand times is read once', () => {
  const page = Buffer.alloc(4096);
  page[0] = 5;
  page.writeUInt16BE(1000, 3);
  page.writeUInt32BE(3, 8);
  for (let index = 0; index < 1000; index += 1) page.writeUInt16BE(4000, 12 + index * 2);
  page.writeUInt32BE(3, 4000);
  let reads = 0;
  const database = {
    pageSize: 4096,
    usable: 4096,
    count: 3,
    page: (number: number) => {
      reads += 1;
      return number === 2 ? page : leafOf(1, 10);
    },
  };
  let shown = 0;
  readTable(database, 2, 1000, { row: () => (shown += 1), damaged: () => undefined });
  expect(shown).toBe(1);
  expect(reads).toBe(2);
});
