import { array, assert, option, property, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { eachFile, fileList, keptReading } from './kept-reading.ts';

function filesOf(list: ReturnType<typeof fileList>) {
  const files: (readonly [string, string])[] = [];
  eachFile(list, (path, digest) => void files.push([path, digest]));
  return files;
}

test('a list gives back its files, whatever they are called, but for names with line feeds', () => {
  const path = string({ unit: 'binary', minLength: 1 });
  const files = array(tuple(path, option(string({ unit: 'grapheme-ascii' }), { nil: '' })));
  assert(
    property(files, (all) => {
      const [paths, digests] = [all.map(([each]) => each), all.map(([, digest]) => digest)];
      const listed = all.filter(([each]) => !each.includes('\n'));
      expect(filesOf(fileList({ owner: 'a', paths, digests, algorithm: 'md5' }))).toEqual(listed);
      expect(filesOf(fileList({ owner: 'a', paths }))).toEqual(listed.map(([each]) => [each, '']));
    }),
  );
});

test('what is read of a large file is the same, and so is what is read of a small one', () => {
  const reading = {
    packages: [{ type: 'deb', name: 'bash', version: '5.2.15-2+b7', id: 'bash' } as const],
    owned: [{ owner: 'bash', paths: ['bin/bash'], digests: ['0a'], algorithm: 'md5' as const }],
    gaps: [],
  };
  const kept = {
    packages: reading.packages,
    owned: [{ owner: 'bash', paths: 'bin/bash', digests: '0a', algorithm: 'md5' }],
  };
  const [small, large] = [keptReading(reading, 100), keptReading(reading, 10_000_000)];
  expect([small, large]).toEqual([kept, kept]);
  // Of a large file nothing may hold on to its text.
  expect(small.packages?.[0]).toBe(reading.packages[0]);
  expect(large.packages?.[0]).not.toBe(reading.packages[0]);
});

test('a reading of nothing but gaps leaves nothing to keep', () => {
  const text = { en: 'a', zh: 'a' };
  expect(Object.keys(keptReading({ gaps: [{ reason: text, need: text }] }, 10_000_000))).toEqual([]);
});
