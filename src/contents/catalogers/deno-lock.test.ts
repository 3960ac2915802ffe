import { PackageURL } from 'packageurl-js';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { denoLock } from './deno-lock.ts';

const path = 'app/deno.lock';

/** The same packages in the places where each version has them. */
const npm = {
  '@babel/core@7.28.0': { integrity: 'sha512-A', dependencies: ['debug'] },
  '@deno/vite-plugin@1.0.5_vite@6.3.5__picomatch@4.0.3': { integrity: 'sha512-A', dependencies: ['vite'] },
  '@deno/vite-plugin@1.0.5_vite@6.3.5__picomatch@4.0.3_@types+node@22.15.15': { integrity: 'sha512-A' },
  'string_decoder@1.3.0': { integrity: 'sha512-A', dependencies: [] },
  '@rolldown/pluginutils@1.0.0-beta.27': { integrity: 'sha512-A' },
};
const jsr = {
  '@std/path@1.1.1': { integrity: 'fe00', dependencies: ['jsr:@std/internal'] },
  '@std/internal@1.0.10': { integrity: 'e3be' },
};
const fromNpm = [
  'pkg:npm/%40babel/core@7.28.0',
  'pkg:npm/%40deno/vite-plugin@1.0.5',
  'pkg:npm/string_decoder@1.3.0',
  'pkg:npm/%40rolldown/pluginutils@1.0.0-beta.27',
];
const fromJsr = ['pkg:jsr/%40std/path@1.1.1', 'pkg:jsr/%40std/internal@1.0.10'];

const specifiers = { 'npm:@babel/core@7': '7.28.0' };
const fifth = JSON.stringify({
  version: '5',
  specifiers,
  jsr,
  npm,
  workspace: { dependencies: ['jsr:@std/path@1', 'npm:@babel/core@7'] },
});

test.each([
  ['2', { npm: { specifiers, packages: npm } }, fromNpm],
  ['3', { packages: { specifiers, jsr, npm } }, [...fromNpm, ...fromJsr]],
  ['4', { specifiers, jsr, npm }, [...fromNpm, ...fromJsr]],
  ['5', { specifiers, jsr, npm }, [...fromNpm, ...fromJsr]],
])('version %s', (version, parts, purls) => {
  const text = JSON.stringify({ version, ...parts, remote: {} });
  expect(packagesIn(denoLock, path, text)).toEqual(purls);
  expect(gapsIn(denoLock, path, text)).toEqual([]);
});

test('they are asked for and not there, as with any lock file', () => {
  const { packages = [] } = denoLock.read(catalogedFile(path, fifth));
  expect(new Set(packages.map(({ state }) => state))).toEqual(new Set(['declared']));
});

test('others read the purl of a package of JSR', () => {
  const { type, namespace, name, version } = PackageURL.fromString(fromJsr[0] ?? '');
  expect({ type, namespace, name, version }).toEqual({
    type: 'jsr',
    namespace: '@std',
    name: 'path',
    version: '1.1.1',
  });
});

test('modules that have only an address are counted, without what may be secret in it', () => {
  const remote = {
    'https://deno.land/std@0.208.0/path/mod.ts': 'a1',
    'https://deno.land/std@0.208.0/path/join.ts': 'a1',
    'https://somebody:hunter2@modules.example/a.ts?token=hunter2': 'a1',
  };
  expect(gapsIn(denoLock, path, JSON.stringify({ version: '4', npm, remote }))).toEqual([
    '3 modules are fetched by address from deno.land, modules.example: which packages these are is not known',
  ]);
  expect(packagesIn(denoLock, path, JSON.stringify({ version: '4', npm, remote }))).toEqual(fromNpm);
});

test('the first version has nothing but addresses', () => {
  expect(gapsIn(denoLock, path, '{"https://deno.land/std@0.100.0/fmt/colors.ts":"a1"}')).toEqual([
    '1 module is fetched by address from deno.land: which packages these are is not known',
  ]);
});

test('of many hosts some are named', () => {
  const remote = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`https://${name}.example/mod.ts`, '']));
  expect(gapsIn(denoLock, path, JSON.stringify({ version: '5', remote }))).toEqual([
    '4 modules are fetched by address from a.example, b.example, c.example and others: which packages these are is not known',
  ]);
});

test('of a newer version is told what stands where it is looked for', () => {
  const text = fifth.replace('"5"', '"6"');
  expect(packagesIn(denoLock, path, text)).toEqual([...fromNpm, ...fromJsr]);
  expect(gapsIn(denoLock, path, text)).toEqual([
    'its version is 6, and only those up to 5 are known; what it has in other places than they was not read',
  ]);
});

test.each([
  ['{"version":"5","npm":{"left-pad":{}}}', ['the entry left-pad has no exact version']],
  ['{"version":"5","jsr":{"@std/path@":{}}}', ['the entry @std/path has no exact version']],
  [
    '{"version":"5","jsr":[],"npm":7,"remote":"x"}',
    ['npm', 'remote', 'jsr'].map((part) => `its part \`${part}\` is no object`),
  ],
  ['{"version":"3","packages":[]}', ['its part `npm` is no object']],
  ['{"version":"2","npm":[]}', ['its part `npm` is no object']],
  [
    `{"version":"5","npm":{"${'a'.repeat(1025)}@1.0.0":{}}}`,
    [`the name or version of an entry is longer than 1024 characters: ${'a'.repeat(80)}…`],
  ],
])('%# is a gap', (text, reasons) => {
  expect(gapsIn(denoLock, path, text)).toEqual(reasons);
});

test.each([
  ['{', 'it is no valid JSON'],
  ['[]', 'it has none of the parts of a lock file of Deno'],
  ['{"lockfileVersion":3,"packages":{}}', 'it has none of the parts of a lock file of Deno'],
  ['{"version":{}}', 'it has none of the parts of a lock file of Deno'],
  [`{"version":"5","npm":${'['.repeat(100_000)}`, 'its values are nested more than 1000 deep'],
])('%# is refused', (text, reason) => {
  expect(() => denoLock.read(catalogedFile(path, text))).toThrow(reason);
});

test('one that a package was developed with says nothing', () => {
  expect(denoLock.read(catalogedFile('app/node_modules/a/deno.lock', fifth))).toEqual({});
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(denoLock, path, fifth)).not.toThrow();
});
