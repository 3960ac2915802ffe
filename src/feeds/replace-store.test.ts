import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { PlimsollError } from '../model/error.ts';
import { layoutVersion, openAdvisoryDatabase } from './advisory-database.ts';
import { holdStore, replaceStore } from './replace-store.ts';
import { storeFile } from './store-file.ts';

test('what was changed takes the place of what was there', async () => {
  using folder = temporaryFolder();
  await replaceStore(folder.path, async (copy) => writeFileSync(copy, 'first'));
  await replaceStore(folder.path, async (copy) => writeFileSync(copy, `${readFileSync(copy, 'utf8')}, second`));
  expect(readFileSync(storeFile(folder.path), 'utf8')).toBe('first, second');
  expect(existsSync(`${storeFile(folder.path)}.new`)).toBe(false);
});

test('what fails changes nothing and leaves nothing', async () => {
  using folder = temporaryFolder();
  await replaceStore(folder.path, async (copy) => writeFileSync(copy, 'first'));
  const failing = replaceStore(folder.path, async (copy) => {
    writeFileSync(copy, 'half');
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  });
  await expect(failing).rejects.toThrow('no room is left for the advisories');
  expect(readFileSync(storeFile(folder.path), 'utf8')).toBe('first');
  expect(existsSync(`${storeFile(folder.path)}.new`)).toBe(false);
});

test('what somebody who was stopped has left is not taken for anything', async () => {
  using folder = temporaryFolder();
  writeFileSync(`${storeFile(folder.path)}.new`, 'half');
  writeFileSync(`${storeFile(folder.path)}.new-journal`, 'pages of it');
  await replaceStore(folder.path, async (copy) => {
    expect([copy, `${copy}-journal`].map(existsSync)).toEqual([false, false]);
    writeFileSync(copy, 'whole');
  });
  expect(readFileSync(storeFile(folder.path), 'utf8')).toBe('whole');
});

test('a copy is written without a journal, as it is thrown away if anything goes wrong', async () => {
  using folder = temporaryFolder();
  await replaceStore(folder.path, async (copy) => {
    const database = openAdvisoryDatabase(copy, { writes: true });
    database.exec('BEGIN; DELETE FROM advisory');
    expect(readdirSync(folder.path)).not.toContain('advisories.sqlite.new-journal');
    database.exec('COMMIT');
    database.close();
  });
});

test('one at a time', async () => {
  using folder = temporaryFolder();
  await replaceStore(folder.path, async (copy) => {
    const second = replaceStore(folder.path, async () => undefined);
    await expect(second).rejects.toThrow('another process changes the advisories');
    writeFileSync(copy, 'first');
  });
  expect(readFileSync(storeFile(folder.path), 'utf8')).toBe('first');
});

test('whoever holds it keeps others out until he lets go', async () => {
  using folder = temporaryFolder();
  {
    using store = holdStore(folder.path);
    expect(() => holdStore(folder.path)).toThrow('another process changes the advisories');
    await store.replace(async (copy) => writeFileSync(copy, 'first'));
    await expect(replaceStore(folder.path, async () => undefined)).rejects.toThrow('another process');
  }
  await replaceStore(folder.path, async (copy) => writeFileSync(copy, `${readFileSync(copy, 'utf8')}, second`));
  expect(readFileSync(storeFile(folder.path), 'utf8')).toBe('first, second');
});

test('a folder that is none is said to be so', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  await expect(replaceStore(join(file, 'below'), async () => undefined)).rejects.toThrow(PlimsollError);
});

test.each([
  ['of a newer Plimsoll', `PRAGMA user_version = ${layoutVersion + 1}`, 'was written by a newer Plimsoll'],
  ['of somebody else', 'CREATE TABLE a (b)', 'is no store of advisories'],
  ['of somebody else with a number', 'CREATE TABLE a (b); PRAGMA user_version = 1', 'is no store of advisories'],
])('a file %s is refused, and stays as it is', (_, sql, message) => {
  using folder = temporaryFolder();
  const file = storeFile(folder.path);
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  const before = readFileSync(file);
  expect(() => openAdvisoryDatabase(file, { writes: false })).toThrow(message);
  expect(readFileSync(file)).toEqual(before);
});

test('a store that cannot be copied is said to be so', async () => {
  using folder = temporaryFolder();
  mkdirSync(storeFile(folder.path));
  await expect(replaceStore(folder.path, async () => {})).rejects.toThrow(
    expect.objectContaining({ code: 'file-unreadable', message: expect.stringContaining('cannot be written') }),
  );
});

test('a folder in which nothing can be locked is said to be so', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'advisories.lock'));
  await expect(replaceStore(folder.path, async () => undefined)).rejects.toThrow(
    `the folder ${folder.path} cannot be written`,
  );
});

test('a folder that can be locked and not be written to is said to be so', async () => {
  using folder = temporaryFolder();
  // No folder is read-only for root: something that cannot be copied stands in for it.
  mkdirSync(storeFile(folder.path));
  await expect(replaceStore(folder.path, async () => undefined)).rejects.toMatchObject({
    message: expect.stringContaining(`the folder ${folder.path} cannot be written`) as string,
    advice: { en: 'Name another one with --data-folder.' },
  });
});

test('a damaged file is an error that says what to do', () => {
  using folder = temporaryFolder();
  const file = storeFile(folder.path);
  writeFileSync(file, 'SQLite format 3\0rubbish'.repeat(100));
  mkdirSync(join(folder.path, 'x'));
  expect(() => openAdvisoryDatabase(file, { writes: false })).toThrow(PlimsollError);
  expect(() => openAdvisoryDatabase(join(folder.path, 'x'), { writes: false })).toThrow('cannot be used');
});

test('a store whose pages are damaged is told as such, and stays as it is', async () => {
  using folder = temporaryFolder();
  await replaceStore(folder.path, async (copy) => openAdvisoryDatabase(copy, { writes: true }).close());
  const whole = readFileSync(storeFile(folder.path));
  const damaged = Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)]);
  writeFileSync(storeFile(folder.path), damaged);
  const failing = replaceStore(folder.path, async (copy) => {
    using database = openAdvisoryDatabase(copy, { writes: true });
    database.prepare('SELECT * FROM advisory').all();
  });
  await expect(failing).rejects.toThrow(`the store of advisories ${storeFile(folder.path)} cannot be used`);
  expect(readFileSync(storeFile(folder.path)).equals(damaged)).toBe(true);
  expect(existsSync(`${storeFile(folder.path)}.new`)).toBe(false);
});
