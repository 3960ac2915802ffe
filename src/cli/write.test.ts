import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { PlimsollError } from '../model/error.ts';
import { makeWhole } from './write.ts';

async function make(temporary: string): Promise<string> {
  writeFileSync(temporary, 'made', { flag: 'wx' });
  return Promise.resolve('result');
}

test('a file that is made is whole, and says how large it is', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  expect(await makeWhole(file, make)).toEqual({ bytes: 4, result: 'result' });
  expect(readFileSync(file, 'utf8')).toBe('made');
  expect(readdirSync(folder.path)).toEqual(['file']);
});

test('one that was there is replaced, where a link leads, and keeps its mode', async () => {
  using folder = temporaryFolder({ 'deep/file': 'before' });
  const file = join(folder.path, 'deep/file');
  chmodSync(file, 0o640);
  symlinkSync('deep/file', join(folder.path, 'link'));
  await makeWhole(join(folder.path, 'link'), make);
  expect(readFileSync(file, 'utf8')).toBe('made');
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test.each([
  ['a full disk', Object.assign(new Error('full'), { code: 'ENOSPC' }), 'no room is left for'],
  [
    'a full disk, as SQLite says it',
    Object.assign(new Error('full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 }),
    'no room is left for',
  ],
  ['a disk that fails', Object.assign(new Error('failed'), { code: 'EIO' }), 'cannot be written: EIO'],
  [
    'what SQLite cannot do',
    Object.assign(new Error('unable to open'), { code: 'ERR_SQLITE_ERROR' }),
    'cannot be written: unable to open',
  ],
  ['what was wrong before', new PlimsollError('usage', { en: 'no', zh: '否' }), 'no'],
])('%s leaves what was there', async (_, thrown, message) => {
  using folder = temporaryFolder({ file: 'before' });
  const file = join(folder.path, 'file');
  const failure = await failureOf(() =>
    makeWhole(file, async (temporary) => {
      await make(temporary);
      throw thrown;
    }),
  );
  expect(failure.text.en).toContain(message);
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(folder.path)).toEqual(['file']);
});

test('a fault of our own is not taken for one of the disk', async () => {
  using folder = temporaryFolder();
  const failing = makeWhole(join(folder.path, 'file'), async () => Promise.reject(new TypeError('a fault')));
  await expect(failing).rejects.toThrow(TypeError);
  expect(readdirSync(folder.path)).toEqual([]);
});

test.each([
  ['/dev/null', 'cannot be written: ESPIPE'],
  ['.', 'cannot be written: EISDIR'],
  ['nowhere/file', 'cannot be written: ENOENT'],
])('%s is no place for it', async (name, message) => {
  using folder = temporaryFolder();
  const file = name.startsWith('/') ? name : join(folder.path, name);
  expect((await failureOf(() => makeWhole(file, make))).text.en).toContain(`${file} ${message}`);
});
