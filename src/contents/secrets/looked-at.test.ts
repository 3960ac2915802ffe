import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { looksAtFile } from './looked-at.ts';

function looksAt(path: string, size = 10): boolean {
  return looksAtFile(path, fileEntry(path, { size }));
}

describe('looks at what may hold a secret', () => {
  test.each([
    'app/.env',
    'root/.npmrc',
    'etc/shadow',
    'app/key.pem',
    'app/main.js',
    'app/no-ending',
    'app/A.PROPERTIES',
    'app/.png/config',
  ])('%s', (path) => {
    expect(looksAt(path)).toBe(true);
  });
});

describe('and not at what is no text, or only holds digests', () => {
  test.each([
    'app/a.PNG',
    'lib/libc.so.6',
    'app/package-lock.json',
    'app/go.sum',
    'usr/share/locale/de/LC_MESSAGES/a',
    'app/a.tar.gz',
    'etc/ssl/certs/a.pem',
  ])('%s', (path) => {
    expect(looksAt(path)).toBe(false);
  });
});

test('nor at what is empty or no file', () => {
  expect(looksAt('app/.env', 0)).toBe(false);
  expect(looksAtFile('app/.env', fileEntry('app/.env', { kind: 'symbolic-link', size: 10 }))).toBe(false);
});

test('takes any path', () => {
  assert(
    property(string({ unit: 'binary' }), (path) => {
      expect(typeof looksAt(path)).toBe('boolean');
    }),
  );
  expect(looksAt('.so.1'.repeat(200_000))).toBe(false);
});
