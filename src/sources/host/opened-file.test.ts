import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { assert, integer, property, array, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openHostFile, openPlace } from './opened-file.ts';

const size = 600_000;
const bytes = Buffer.from(Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) & 0xff));

test('whatever is read in whatever order is what stands there', () => {
  using folder = temporaryFolder();
  const file = openPlace(folder.write('file', bytes));
  const place = integer({ min: 0, max: size + 10_000 });
  assert(
    property(array(tuple(place, integer({ min: 0, max: 300_000 })), { maxLength: 20 }), (reads) => {
      for (const [offset, length] of reads) {
        expect(Buffer.compare(file.read(offset, length), bytes.subarray(offset, offset + length))).toBe(0);
      }
    }),
    { numRuns: 30 },
  );
  file.close();
});

test('links are followed within the folder, and what is not there is nothing', () => {
  using folder = temporaryFolder({ 'etc/file': 'text' });
  symlinkSync('/etc/file', join(folder.path, 'link'));
  const file = openHostFile(folder.path, '/link');
  expect(file?.read(0, 100).toString()).toBe('text');
  file?.close();
  expect(openHostFile(folder.path, '/none')).toBeUndefined();
  expect(openHostFile(folder.path, '/etc/file/none')).toBeUndefined();
});

test('what is no file is refused, and a pipe is not waited for', () => {
  using folder = temporaryFolder({ 'etc/file': '' });
  execFileSync('mkfifo', [join(folder.path, 'pipe')]);
  for (const path of ['/pipe', '/etc']) expect(() => openHostFile(folder.path, path)).toThrow(/not a regular file/);
});
