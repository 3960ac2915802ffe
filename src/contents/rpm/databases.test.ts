import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { assert, constantFrom, integer, nat, property, tuple, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { writeRpmHeader } from '../../../test/rpm-header.ts';
import { printedRpm, sampleRpms } from '../../../test/rpm-packages.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { CatalogerError, type CatalogerReading } from '../cataloger.ts';
import { rpmBerkeley } from '../catalogers/rpm-berkeley.ts';
import { rpmNdb } from '../catalogers/rpm-ndb.ts';
import { rpmSqlite } from '../catalogers/rpm-sqlite.ts';

const rpms = sampleRpms(12);

/** Written by Berkeley DB 5.3 and by rpm's own code for ndb, each from the headers of `sampleRpms(12)`. */
function recorded(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'fixtures', name));
}

function sqliteDatabase(pageSize = 4096): Buffer {
  using folder = temporaryFolder();
  const path = join(folder.path, 'rpmdb.sqlite');
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA page_size = ${pageSize}`);
  database.exec(
    'CREATE TABLE Other (a); CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)',
  );
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  database.exec('BEGIN');
  for (const rpm of rpms) insert.run(writeRpmHeader(rpm));
  database.exec('COMMIT');
  database.close();
  return readFileSync(path);
}

const databases = {
  'berkeley-hash-little': [rpmBerkeley, () => recorded('berkeley-hash-little')],
  'berkeley-hash-big': [rpmBerkeley, () => recorded('berkeley-hash-big')],
  'berkeley-tree-little': [rpmBerkeley, () => recorded('berkeley-tree-little')],
  'berkeley-tree-big': [rpmBerkeley, () => recorded('berkeley-tree-big')],
  ndb: [rpmNdb, () => recorded('ndb')],
  sqlite: [rpmSqlite, () => sqliteDatabase()],
  'sqlite with the smallest pages': [rpmSqlite, () => sqliteDatabase(512)],
  'sqlite with the largest pages': [rpmSqlite, () => sqliteDatabase(65_536)],
} as const;
type Kind = keyof typeof databases;
const kinds = Object.keys(databases) as Kind[];
const bytesOf = Object.fromEntries(kinds.map((kind) => [kind, databases[kind][1]()])) as Record<Kind, Buffer>;

function read(kind: Kind, bytes = bytesOf[kind]): CatalogerReading {
  return databases[kind][0].read(catalogedFile('var/lib/rpm/file', bytes));
}

/** Anything but a refusal is a fault. */
function readOrRefuse(kind: Kind, bytes: Buffer): CatalogerReading {
  try {
    return read(kind, bytes);
  } catch (error) {
    if (error instanceof CatalogerError) return {};
    throw error;
  }
}

function printed({ packages = [] }: CatalogerReading): string[] {
  return packages
    .map(({ name, version, architecture = '', source, modularity = '(none)' }) =>
      [name, version, architecture, `${source?.name}-${source?.version}.src.rpm`, modularity].join(' '),
    )
    .toSorted();
}

test.each(kinds)('%s: every package, whole', (kind) => {
  // In that of ndb two were deleted again.
  const there = kind === 'ndb' ? rpms.filter((_, index) => index % 5 !== 4) : rpms;
  const reading = read(kind);
  expect(printed(reading)).toEqual(there.map(printedRpm).toSorted());
  expect(reading.gaps).toBeUndefined();
  const files = reading.owned?.flatMap(({ paths, digests = [] }) =>
    paths.map((path, index) => `${path} ${digests[index]}`),
  );
  const written = there.flatMap(({ files: ofOne = [] }) =>
    ofOne.map(({ path, digest }) => `${path.slice(1)} ${digest}`),
  );
  expect(files?.toSorted()).toEqual(written.toSorted());
});

describe('what is damaged', () => {
  test.each(kinds)('%s: cut off, it tells what is left and that something is missing', (kind) => {
    const whole = bytesOf[kind];
    const reading = read(kind, whole.subarray(0, Math.floor(whole.length / 2)));
    expect(reading.gaps).toBeDefined();
    expect(printed(read(kind))).toEqual(expect.arrayContaining(printed(reading)));
  });

  test.each(kinds)('%s: something else under this name is no database', (kind) => {
    expect(() => read(kind, Buffer.alloc(8192, 'x'))).toThrow(CatalogerError);
    expect(() => read(kind, Buffer.alloc(0))).toThrow(CatalogerError);
  });

  test('an encrypted Berkeley DB is said to be one', () => {
    const bytes = Buffer.from(bytesOf['berkeley-hash-little']);
    bytes[24] = 1;
    expect(() => read('berkeley-hash-little', bytes)).toThrow(/encrypted/);
  });

  test('pages that lead to themselves are read once', () => {
    const bytes = Buffer.from(bytesOf['berkeley-hash-little']);
    for (let page = 1; page * 2048 < bytes.length; page += 1) bytes.writeUInt32LE(page, page * 2048 + 16);
    expect(read('berkeley-hash-little', bytes).gaps?.[0]?.reason.en).toMatch(/used twice/);
    const inner = Buffer.from(bytesOf['sqlite with the smallest pages']);
    for (let page = 1; page * 512 < inner.length; page += 1) {
      if (inner[page * 512] === 5) inner.writeUInt32BE(page + 1, page * 512 + 8);
      else if (inner[page * 512] === 0) inner.writeUInt32BE(page + 1, page * 512);
    }
    expect(read('sqlite with the smallest pages', inner).gaps?.[0]?.reason.en).toMatch(/used twice/);
  });

  test('items of Berkeley DB that all lie over each other are not read again and again', () => {
    const blob = writeRpmHeader({ name: 'a', padding: 4000 });
    const page = Buffer.alloc(8192);
    page[25] = 13;
    // A key and its value, the header; then a key before it, and a value that leads elsewhere, back at the end of the page.
    const elsewhere = page.length - 16;
    const key = elsewhere - 3;
    const value = key - blob.length - 1;
    page[elsewhere] = 3;
    page[elsewhere - 1] = 1;
    page[value] = 1;
    page[value - 1] = 1;
    blob.copy(page, value + 1);
    const items = Array.from({ length: 250 }, () => [key, value, value - 2, elsewhere]).flat();
    page.writeUInt16LE(items.length, 20);
    for (const [index, item] of items.entries()) page.writeUInt16LE(item, 26 + index * 2);
    const meta = Buffer.alloc(8192);
    meta.writeUInt32LE(0x06_15_61, 12);
    meta.writeUInt32LE(8192, 20);
    meta.writeUInt32LE(1, 96);
    const { packages, gaps } = read('berkeley-hash-little', Buffer.concat([meta, page]));
    expect(packages?.length).toBeGreaterThan(0);
    expect(packages?.length).toBeLessThan(4);
    expect(gaps?.map(({ reason }) => reason.en).join('\n')).toMatch(/used twice/);
  });

  test('slots of ndb that all lead to one blob cannot have it read again and again', () => {
    const slots = 255;
    const blob = writeRpmHeader({ name: 'a', padding: 4000 });
    const bytes = Buffer.alloc(4096 + 16 + blob.length);
    bytes.write('RpmP', 0);
    bytes.writeUInt32LE(1, 12);
    for (let slot = 2; slot < slots; slot += 1) {
      bytes.write('Slot', slot * 16);
      bytes.writeUInt32LE(1, slot * 16 + 4);
      bytes.writeUInt32LE(256, slot * 16 + 8);
      bytes.writeUInt32LE(10_000, slot * 16 + 12);
    }
    bytes.write('BlbS', 4096);
    bytes.writeUInt32LE(1, 4100);
    bytes.writeUInt32LE(blob.length, 4108);
    blob.copy(bytes, 4112);
    const { packages, gaps } = read('ndb', bytes);
    expect(packages?.length).toBeLessThan(4);
    expect(gaps?.[0]?.reason.en).toMatch(/used twice/);
  });

  test('a header that is none costs its package only', () => {
    const bytes = Buffer.from(bytesOf.ndb);
    const blob = bytes.indexOf('BlbS');
    bytes.writeUInt32BE(0xff_ff_ff_ff, blob + 16);
    const { packages, gaps } = read('ndb', bytes);
    expect(packages).toHaveLength(9);
    expect(gaps).toMatchObject([{ reason: { en: expect.stringContaining('header') } }]);
  });

  test('reads whatever bytes it is given', () => {
    const damage = tuple(nat(), integer({ min: 0, max: 255 }));
    assert(
      property(
        constantFrom(...kinds),
        uint8Array({ maxLength: 600 }),
        damage,
        damage,
        damage,
        (kind, noise, ...flips) => {
          const bytes = Buffer.from(bytesOf[kind]);
          // Most of what leads elsewhere stands at the beginning of pages.
          for (const [place, value] of flips) bytes[place % bytes.length] = value;
          for (const [place, value] of flips) bytes[(place % 40) * 512 + (value % 128)] = value;
          for (const given of [bytes, Buffer.from(noise), Buffer.concat([bytes.subarray(0, 100), noise])]) {
            for (const { name, version } of readOrRefuse(kind, given).packages ?? [])
              expect(name && version).not.toBe('');
          }
        },
      ),
    );
  });
});

/** The database as it is while a process has it open: what was written last is in the log only. */
function openDatabase(): { readonly database: Buffer; readonly log: Buffer } {
  using folder = temporaryFolder();
  const path = join(folder.path, 'rpmdb.sqlite');
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  database.exec('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  for (const rpm of rpms) insert.run(writeRpmHeader(rpm));
  const both = { database: readFileSync(path), log: readFileSync(`${path}-wal`) };
  database.close();
  return both;
}
function beside(files: Readonly<Record<string, Buffer>>) {
  return (name: string) => {
    const bytes = files[name];
    return bytes && catalogedFile(name, bytes).content;
  };
}

describe('a write-ahead log', () => {
  const { database, log } = openDatabase();
  const path = 'usr/lib/sysimage/rpm/rpmdb.sqlite';

  test('is read as part of the database where both are in hand', () => {
    const file = { ...catalogedFile(path, database), beside: beside({ 'rpmdb.sqlite-wal': log }) };
    expect(printed(rpmSqlite.read(file))).toEqual(rpms.map(printedRpm).toSorted());
    const logFile = { ...catalogedFile(`${path}-wal`, log), beside: beside({ 'rpmdb.sqlite': database }) };
    expect(rpmSqlite.read(logFile)).toEqual({});
  });

  test('is a gap where it is read by itself', () => {
    expect(rpmSqlite.read(catalogedFile(path, database)).packages).toBeUndefined();
    expect(rpmSqlite.read(catalogedFile(`${path}-wal`, log)).gaps).toMatchObject([
      { reason: { en: expect.stringContaining('write-ahead log') } },
    ]);
  });

  test('says nothing when it is empty, or when no transaction in it was finished', () => {
    expect(rpmSqlite.read(catalogedFile(`${path}-wal`, Buffer.alloc(0)))).toEqual({});
    expect(rpmSqlite.read(catalogedFile(`${path}-wal`, log.subarray(0, 4000)))).toEqual({});
    const broken = Buffer.from(log);
    broken[40] = (broken[40] ?? 0) ^ 1;
    expect(rpmSqlite.read(catalogedFile(`${path}-wal`, broken))).toEqual({});
  });

  test('counts up to where it is damaged', () => {
    const broken = Buffer.from(log);
    const middle = 32 + Math.floor(log.length / 4120 / 2) * 4120 + 100;
    broken[middle] = (broken[middle] ?? 0) ^ 1;
    const file = { ...catalogedFile(path, database), beside: beside({ 'rpmdb.sqlite-wal': broken }) };
    const found = printed(rpmSqlite.read(file));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(12);
  });

  test('may have any bytes', () => {
    assert(
      property(nat(), integer({ min: 0, max: 255 }), nat(), (place, value, length) => {
        const bytes = Buffer.from(log.subarray(0, length % (log.length + 1)));
        if (bytes.length > 0) bytes[place % Math.min(bytes.length, 64)] = value;
        rpmSqlite.read({ ...catalogedFile(path, database), beside: beside({ 'rpmdb.sqlite-wal': bytes }) });
        rpmSqlite.read(catalogedFile(`${path}-wal`, bytes));
      }),
    );
  });
});
