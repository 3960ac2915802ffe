import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readWritableLayer } from './writable-layer.ts';

test('files, links and empty folders, not the folders on the way to them', () => {
  using upper = temporaryFolder({ 'etc/app/config': '', 'etc/passwd': '', 'with space': '' });
  mkdirSync(join(upper.path, 'var/empty'), { recursive: true });
  symlinkSync('/etc/passwd', join(upper.path, 'link'));
  expect(readWritableLayer(upper.path)).toEqual({
    known: true,
    source: 'file',
    path: upper.path,
    value: ['/etc/app/config', '/etc/passwd', '/link', '/var/empty', '/with space'],
  });
});

test('a link to a folder is not followed', () => {
  using outside = temporaryFolder({ secret: '' });
  using upper = temporaryFolder();
  symlinkSync(outside.path, join(upper.path, 'out'));
  expect(readWritableLayer(upper.path)).toMatchObject({ value: ['/out'] });
});

test('a container that changed nothing', () => {
  using upper = temporaryFolder();
  expect(readWritableLayer(upper.path)).toMatchObject({ known: true, value: [] });
});

test('a layer that cannot be read has to be asked for', () => {
  expect(readWritableLayer('/nowhere/diff')).toBeUndefined();
});

/** So many files in one folder. */
function many(folder: string, count: number): [string, string][] {
  return Array.from({ length: count }, (_, index) => [`${folder}/${index}`, '']);
}

test('of a very full folder enough is named, and nothing beside it is lost', () => {
  const records = 'var/lib/dpkg/status';
  using upper = temporaryFolder({
    ...Object.fromEntries([...many('var/log', 300), ...many('zoo', 300)]),
    [records]: '',
  });
  const fact = readWritableLayer(upper.path);
  expect(fact).toMatchObject({ known: true, value: expect.arrayContaining([`/${records}`]) });
  expect(fact?.known ? fact.value.length : 0).toBe(401);
});

test('a layer with very much in it has to be asked for', () => {
  const folders = Array.from({ length: 6 }, (_, index) => many(`folder${index}`, 190));
  using upper = temporaryFolder(Object.fromEntries(folders.flat()));
  expect(readWritableLayer(upper.path)).toBeUndefined();
});
