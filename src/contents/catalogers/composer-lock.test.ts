import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, packagesIn } from '../../../test/language-packages.ts';
import { composerLock } from './composer-lock.ts';

const path = 'app/composer.lock';
const lock = JSON.stringify({
  'content-hash': 'a',
  packages: [
    { name: 'monolog/monolog', version: '3.5.0' },
    { name: 'me/mine', version: '1.0.0', dist: { type: 'path', url: '../mine' } },
  ],
  'packages-dev': [{ name: 'phpunit/phpunit', version: '10.5.0', dist: { type: 'zip' } }],
});

test('tells packages, and which are for development', () => {
  expect(packagesIn(composerLock, path, lock)).toEqual([
    'pkg:composer/monolog/monolog@3.5.0',
    'pkg:composer/phpunit/phpunit@10.5.0 development',
  ]);
});

test('those of installed packages are not for here', () => {
  expect(composerLock.read(catalogedFile('app/vendor/acme/lib/composer.lock', lock))).toEqual({});
});

test('something else by that name', () => {
  expect(() => composerLock.read(catalogedFile(path, '{}'))).toThrow('it has no list of packages');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(composerLock, path, lock)).not.toThrow();
});
