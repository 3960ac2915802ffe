import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { indexPaths } from '../path-index.ts';
import { npmInstalled } from './npm-installed.ts';

const manifest = JSON.stringify({ name: '@babel/core', version: '7.24.0', license: 'MIT' });

test('tells a package with its scope and license', () => {
  const { packages } = npmInstalled.read(catalogedFile('app/node_modules/@babel/core/package.json', manifest));
  expect(packages).toEqual([{ type: 'npm', namespace: '@babel', name: 'core', version: '7.24.0', licenses: ['MIT'] }]);
});

describe('which files are asked for', () => {
  const index = indexPaths(npmInstalled.globs.map((glob) => [glob, true] as const));
  test.each([
    ['app/node_modules/ms/package.json', true],
    ['app/node_modules/@babel/core/package.json', true],
    ['app/node_modules/.pnpm/ms@2.1.3/node_modules/ms/package.json', true],
    ['usr/share/nodejs/semver/package.json', true],
    ['opt/yarn-v1.22.22/package.json', true],
    ['root/.cache/node/corepack/v1/pnpm/9.0.0/package.json', true],
    ['app/package.json', false],
    ['app/node_modules/ms/dist/esm/package.json', false],
    ['app/node_modules/@babel/core/lib/package.json', false],
  ])('%s: %s', (path, isAsked) => {
    expect(index.of(path).length > 0).toBe(isAsked);
  });
});

test.each([
  ['a folder of tools', 'app/node_modules/.cache/package.json', manifest],
  [
    'trees with which a package tests how modules are found',
    'a/node_modules/resolve/test/x/node_modules/y/package.json',
    manifest,
  ],
])('leaves out %s', (_what, path, text) => {
  expect(npmInstalled.read(catalogedFile(path, text))).toEqual({});
});

test.each(['node_modules/test', 'node_modules/@me/fixtures', 'node_modules/a/node_modules/tests'])(
  'a package may be called as folders of tests are: %s',
  (folder) => {
    const path = `app/${folder}/node_modules/ms/package.json`;
    expect(packagesIn(npmInstalled, path, '{"name":"ms","version":"2.1.3"}')).toEqual(['pkg:npm/ms@2.1.3']);
  },
);

test('what a package brings along is there, too', () => {
  const path = 'usr/lib/node_modules/npm/node_modules/ms/package.json';
  expect(packagesIn(npmInstalled, path, '{"name":"ms","version":"2.1.3"}')).toEqual(['pkg:npm/ms@2.1.3']);
});

test('an alias is known by its own name, one without a name by its folder', () => {
  const path = 'a/node_modules/chalk4/package.json';
  expect(packagesIn(npmInstalled, path, '{"name":"chalk","version":"4.1.2"}')).toEqual(['pkg:npm/chalk@4.1.2']);
  const scoped = 'a/node_modules/@me/it/package.json';
  expect(packagesIn(npmInstalled, scoped, '{"version":"1.0.0"}')).toEqual(['pkg:npm/%40me/it@1.0.0']);
});

test.each([
  ['{"name":"a"}', 'the entry a has no exact version'],
  ['{"name":"a","version":1}', 'the entry a has no exact version'],
  ['[]', 'it is no object'],
])('%s is a gap', (text, reason) => {
  expect(gapsIn(npmInstalled, 'node_modules/a/package.json', text)).toEqual([reason]);
});

test('what is no JSON is said without repeating it', () => {
  const file = catalogedFile('node_modules/a/package.json', '{"token":"hunter2" oops}');
  expect(() => npmInstalled.read(file)).toThrow(/^it is no valid JSON at offset 19$/);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(npmInstalled, 'node_modules/a/package.json', manifest)).not.toThrow();
});
