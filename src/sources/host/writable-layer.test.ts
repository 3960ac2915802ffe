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

test('of very many paths enough are named', () => {
  using upper = temporaryFolder(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`data/${index}`, ''])));
  const fact = readWritableLayer(upper.path);
  expect(fact?.known ? fact.value.length : 0).toBe(200);
});
