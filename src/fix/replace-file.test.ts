import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { removeFile, replaceFile } from './replace-file.ts';
import { readContent } from './steps/file.ts';

const isRoot = process.geteuid?.() === 0;
const mine = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
const content = (text: string, mode = 0o640) => ({
  bytes: Buffer.from(text).toString('base64'),
  access: { mode, ...mine },
});

test('content and mode are those given, whatever bytes they are', () => {
  using folder = temporaryFolder({ 'daemon.json': 'old' });
  const path = join(folder.path, 'daemon.json');
  const bytes = Buffer.from([0, 255, 10, 13, 128]).toString('base64');
  replaceFile(path, { bytes, access: { mode: 0o4750, ...mine } }, () => {});
  expect(readContent(path)).toEqual({ bytes, access: { mode: 0o4750, ...mine } });
  expect(readdirSync(folder.path)).toEqual(['daemon.json']);
});

test.runIf(isRoot)('the owner is the one given', () => {
  using folder = temporaryFolder({ file: 'old' });
  const path = join(folder.path, 'file');
  replaceFile(path, { ...content('new'), access: { mode: 0o600, uid: 1234, gid: 4321 } }, () => {});
  expect(lstatSync(path)).toMatchObject({ uid: 1234, gid: 4321 });
});

test.runIf(isRoot && canSetAccessLists())('an access list stays', () => {
  using folder = temporaryFolder({ file: 'old' });
  const path = join(folder.path, 'file');
  execFileSync('setfacl', ['-m', 'u:1234:r', path]);
  replaceFile(path, { ...content('new'), access: { mode: lstatSync(path).mode & 0o7777, ...mine } }, () => {});
  expect(execFileSync('getfacl', ['-nc', path], { encoding: 'utf8' })).toContain('user:1234:r');
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('a link that stands in the place is replaced, and what it leads to is left alone', () => {
  using folder = temporaryFolder({ target: 'theirs' });
  const path = join(folder.path, 'file');
  symlinkSync('target', path);
  replaceFile(path, content('new'), () => {});
  expect(readFileSync(join(folder.path, 'target'), 'utf8')).toBe('theirs');
  expect(lstatSync(path).isFile()).toBe(true);
});

test('a link under the name of the new content is not written through', () => {
  using folder = temporaryFolder({ target: 'theirs', file: 'old' });
  symlinkSync('target', join(folder.path, '.file.plimsoll'));
  replaceFile(join(folder.path, 'file'), content('new'), () => {});
  expect(readFileSync(join(folder.path, 'target'), 'utf8')).toBe('theirs');
  expect(readFileSync(join(folder.path, 'file'), 'utf8')).toBe('new');
});

test('a fault on the way leaves the old file, and nothing beside it', () => {
  using folder = temporaryFolder({ file: 'old' });
  const path = join(folder.path, 'file');
  expect(() => replaceFile(path, content('new'), fail)).toThrow('no space left');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder.path)).toEqual(['file']);
});

test.skipIf(isRoot)('a folder that may not be written to is left as it is', () => {
  using folder = temporaryFolder({ 'etc/file': 'old' });
  chmodSync(join(folder.path, 'etc'), 0o555);
  expect(() => replaceFile(join(folder.path, 'etc/file'), content('new'), () => {})).toThrow('EACCES');
  chmodSync(join(folder.path, 'etc'), 0o755);
});

test('a file that is not there is taken away without a fault', () => {
  using folder = temporaryFolder();
  removeFile(join(folder.path, 'file'));
  expect(readdirSync(folder.path)).toEqual([]);
});

/** A fault at the last moment before the new file takes its place. */
function fail(place: string): void {
  if (place.includes('beside')) throw new Error('no space left on device');
}

function canSetAccessLists(): boolean {
  using folder = temporaryFolder({ probe: '' });
  try {
    execFileSync('setfacl', ['-m', 'u:1234:r', join(folder.path, 'probe')], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
