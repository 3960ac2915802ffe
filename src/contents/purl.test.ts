import { describe, expect, test } from 'vitest';
import { purlOf } from './purl.ts';

describe('an rpm has its epoch among the qualifiers', () => {
  test.each([
    [
      { version: '1:1.1.1k-7.el8', qualifiers: { arch: 'x86_64' } },
      'pkg:rpm/rhel/openssl@1.1.1k-7.el8?arch=x86_64&epoch=1',
    ],
    [{ version: '1:1.1.1k-7.el8', qualifiers: { epoch: '1' } }, 'pkg:rpm/rhel/openssl@1.1.1k-7.el8?epoch=1'],
    [{ version: '1.1.1k-7.el8' }, 'pkg:rpm/rhel/openssl@1.1.1k-7.el8'],
  ])('%j', (found, expected) => {
    expect(purlOf({ type: 'rpm', namespace: 'rhel', name: 'openssl', ...found })).toBe(expected);
  });
});

test('a deb has it before its version', () => {
  expect(purlOf({ type: 'deb', namespace: 'debian', name: 'git', version: '1:2.39.5-0+deb12u3' })).toBe(
    'pkg:deb/debian/git@1:2.39.5-0%2Bdeb12u3',
  );
});

test.each([
  ['npm', '@types/node', 'pkg:npm/%40types/node@1'],
  ['golang', 'github.com/gorilla/mux', 'pkg:golang/github.com/gorilla/mux@1'],
  ['composer', 'laravel/framework', 'pkg:composer/laravel/framework@1'],
  ['generic', 'a/b', 'pkg:generic/a%2Fb@1'],
])('%s: %s is parted where the ecosystem has it so', (type, name, expected) => {
  expect(purlOf({ type, name, version: '1' })).toBe(expected);
});

test.each([
  ['an empty name', { type: 'npm', name: '', version: '' }, 'pkg:npm/%3F'],
  ['a type that is none', { type: 'no type', name: 'a', version: '1' }, 'pkg:generic/a@1'],
  ['half a surrogate', { type: 'npm', name: 'a\uD800', version: '1' }, 'pkg:npm/a%EF%BF%BD@1'],
  ['a qualifier that is none', { type: 'npm', name: 'a', version: '1', qualifiers: { 'a b': 'c' } }, 'pkg:npm/a@1'],
])('%s still gives a purl', (_, found, expected) => {
  expect(purlOf(found)).toBe(expected);
});
