import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { composerInstalled } from './composer-installed.ts';

const path = 'app/vendor/composer/installed.json';
const packages = [
  { name: 'Symfony/Console', version: 'v6.4.1', license: ['MIT'] },
  {
    name: 'acme/branch',
    version: 'dev-main',
    source: { type: 'git', url: 'https://me:hunter2@host.example/acme/branch.git', reference: 'abc123' },
  },
  { name: 'acme/tool', version: '1.2.4' },
];
const second = JSON.stringify({ packages, dev: true, 'dev-package-names': ['acme/tool'] });

const expected = [
  'pkg:composer/symfony/console@v6.4.1',
  'pkg:composer/acme/branch@dev-main?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Facme%2Fbranch.git%40abc123',
];

test('Composer 2: names in lower case in the purl, branches with their commit, development', () => {
  expect(packagesIn(composerInstalled, path, second)).toEqual([
    ...expected,
    'pkg:composer/acme/tool@1.2.4 development',
  ]);
  expect(composerInstalled.read(catalogedFile(path, second)).packages?.[0]).toEqual({
    type: 'composer',
    namespace: 'Symfony',
    name: 'Console',
    version: 'v6.4.1',
    licenses: ['MIT'],
  });
});

test('Composer 1: a list', () => {
  expect(packagesIn(composerInstalled, path, JSON.stringify(packages))).toEqual([
    ...expected,
    'pkg:composer/acme/tool@1.2.4',
  ]);
});

test('entries of another shape are gaps', () => {
  expect(gapsIn(composerInstalled, path, '[7, {"name":"a/b"}]')).toEqual([
    'an entry has no name',
    'the entry a/b has no exact version',
  ]);
});

test.each(['7', '{"packages":7}'])('%s is refused', (text) => {
  expect(() => composerInstalled.read(catalogedFile(path, text))).toThrow('it has no list of packages');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(composerInstalled, path, second)).not.toThrow();
});
