import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { npmLock } from './npm-lock.ts';

const path = 'app/package-lock.json';
const commit = 'a'.repeat(40);

const third = JSON.stringify({
  name: 'app',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: {
    '': { name: 'app', version: '1.0.0', dependencies: { ms: '^2.0.0' } },
    'node_modules/ms': { version: '2.1.3', resolved: 'https://registry.example/ms/-/ms-2.1.3.tgz' },
    'node_modules/chalk4': { name: 'chalk', version: '4.1.2' },
    'node_modules/@types/node': { version: '20.1.0', dev: true },
    'node_modules/fsevents': { version: '2.3.2', optional: true, devOptional: true },
    'node_modules/a/node_modules/ms': { version: '2.0.0', dev: true },
    'node_modules/part': { resolved: 'packages/part', link: true },
    'packages/part': { name: 'part', version: '9.9.9' },
    'packages/part/node_modules/semver': { version: '6.3.0' },
    'node_modules/beside': { version: '1.0.0', resolved: 'file:beside' },
    'node_modules/packed': { version: '1.0.0', resolved: 'file:packed-1.0.0.tgz' },
    'node_modules/forked': { version: '0.1.0', resolved: `git+ssh://git:secret@host.example/me/forked.git#${commit}` },
  },
  // Version 2 has this too, for older npm: it must not count twice.
  dependencies: { ms: { version: '2.1.3' }, other: { version: '1.0.0' } },
});

const first = JSON.stringify({
  lockfileVersion: 1,
  dependencies: {
    ms: { version: '2.1.3', dependencies: { inner: { version: '1.0.0', dev: true } } },
    short: { version: 'npm:@scope/long@3.0.0' },
    forked: { version: `github:me/forked#${commit}` },
    beside: { version: 'file:beside' },
    fetched: { version: 'https://host.example/fetched.tgz' },
  },
});

test('versions 2 and 3 tell packages by their folders', () => {
  expect(packagesIn(npmLock, path, third)).toEqual([
    'pkg:npm/ms@2.1.3',
    'pkg:npm/chalk@4.1.2',
    'pkg:npm/%40types/node@20.1.0 development',
    'pkg:npm/fsevents@2.3.2',
    'pkg:npm/ms@2.0.0 development',
    'pkg:npm/semver@6.3.0',
    'pkg:npm/packed@1.0.0',
    `pkg:npm/forked@0.1.0?vcs_url=git%2Bssh:%2F%2Fhost.example%2Fme%2Fforked.git%40${commit}`,
  ]);
});

test('they are declared, not installed', () => {
  expect(npmLock.read(catalogedFile(path, third)).packages?.map(({ state }) => state)).not.toContain(undefined);
});

describe('version 1', () => {
  test('tells what packages have to themselves, aliases and commits', () => {
    expect(packagesIn(npmLock, path, first).toSorted()).toEqual([
      `pkg:npm/%40scope/long@3.0.0`,
      `pkg:npm/forked@${commit}?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fme%2Fforked%40${commit}`,
      'pkg:npm/inner@1.0.0 development',
      'pkg:npm/ms@2.1.3',
    ]);
  });

  test('an address tells no version', () => {
    expect(gapsIn(npmLock, path, first)).toEqual(['the entry fetched has no exact version']);
  });
});

test('a package that is needed in one place is no package for development', () => {
  const text = JSON.stringify({
    packages: { 'node_modules/a': { version: '1', dev: true }, 'node_modules/b/node_modules/a': { version: '1' } },
  });
  expect(packagesIn(npmLock, path, text)).toEqual(['pkg:npm/a@1']);
});

test.each([
  ['app/node_modules/a/npm-shrinkwrap.json'],
  ['srv/vendor/acme/shop/package-lock.json'],
  ['usr/share/doc/a/examples/package-lock.json'],
])('%s is the lock file of somebody else', (elsewhere) => {
  expect(npmLock.read(catalogedFile(elsewhere, third))).toEqual({});
});

test.each([
  ['[]', 'it has none of the parts of a lock file of npm'],
  ['{}', 'it has none of the parts of a lock file of npm'],
  ['{', 'it is no valid JSON at offset 1'],
])('%s is refused', (text, reason) => {
  expect(() => npmLock.read(catalogedFile(path, text))).toThrow(reason);
});

test('an entry of another shape is a gap', () => {
  const text = '{"packages":{"node_modules/a":7,"node_modules/b":{"version":"1"}}}';
  expect(gapsIn(npmLock, path, text)).toEqual(['the entry a has no exact version']);
  expect(packagesIn(npmLock, path, text)).toEqual(['pkg:npm/b@1']);
});

test.each([
  ['nested', '['.repeat(5_000_000), 'its values are nested more than 1000 deep'],
  ['wide', `[${'[],'.repeat(2_000_000)}0]`, 'it has more than 1000000 values'],
])('what is too %s is refused before it is built', (_shape, text, reason) => {
  expect(() => npmLock.read(catalogedFile(path, text))).toThrow(reason);
});

test('a project without dependencies has no packages', () => {
  expect(npmLock.read(catalogedFile(path, '{"lockfileVersion":1}'))).toEqual({});
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(npmLock, path, third)).not.toThrow();
  expect(() => expectToSurvive(npmLock, path, first)).not.toThrow();
});
