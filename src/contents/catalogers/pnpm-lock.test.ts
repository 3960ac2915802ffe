import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { pnpmLock } from './pnpm-lock.ts';

const path = 'app/pnpm-lock.yaml';
const commit = 'c'.repeat(40);

const fifth = `lockfileVersion: 5.4

specifiers:
  react-dom: 18.2.0

dependencies:
  react-dom: 18.2.0_react@18.2.0

packages:

  /@isaacs/cliui/8.0.2:
    resolution: {integrity: sha512-AAAA}
    engines: {node: '>=12'}
    dependencies:
      string-width-cjs: /string-width/4.2.3
    dev: false

  /react-dom/18.2.0_react@18.2.0:
    resolution: {integrity: sha512-AAAA}
    dev: true

  /styled/1.0.0-rc.1_@babel+core@7.0.0:
    resolution: {integrity: sha512-AAAA}

  github.com/me/forked/${commit}:
    resolution: {tarball: https://codeload.github.com/me/forked/tar.gz/${commit}}
    name: forked
    version: 0.1.0
    dev: false

  file:folder:
    resolution: {directory: folder, type: directory}
    name: left-pad-file
    dev: false
`;

const sixth = `lockfileVersion: '6.0'

packages:

  /@isaacs/cliui@8.0.2:
    resolution: {integrity: sha512-AAAA}
    dev: false

  /react-dom@18.2.0(react@18.2.0):
    resolution: {integrity: sha512-AAAA}
    dev: true
`;

const ninth = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

importers:

  .:
    dependencies:
      '@isaacs/cliui':
        specifier: 8.0.2
        version: 8.0.2
      chalk4:
        specifier: npm:chalk@4.1.2
        version: chalk@4.1.2
      forked:
        specifier: github:me/forked
        version: https://codeload.github.com/me/forked/tar.gz/${commit}
      left-pad-file:
        specifier: file:./folder
        version: file:folder
    devDependencies:
      react-dom:
        specifier: 18.2.0
        version: 18.2.0(react@18.2.0)

  packages/part:
    dependencies:
      ms:
        specifier: 2.0.0
        version: 2.0.0

packages:

  '@isaacs/cliui@8.0.2':
    resolution: {integrity: sha512-AAAA}

  chalk@4.1.2:
    resolution: {integrity: sha512-AAAA}

  forked@https://codeload.github.com/me/forked/tar.gz/${commit}:
    resolution: {tarball: https://codeload.github.com/me/forked/tar.gz/${commit}}
    version: 0.1.0

  left-pad-file@file:folder:
    resolution: {directory: folder, type: directory}

  ms@2.0.0:
    resolution: {integrity: sha512-AAAA}

  react-dom@18.2.0:
    resolution: {integrity: sha512-AAAA}
    peerDependencies:
      react: ^18.2.0

  scheduler@0.23.2:
    resolution: {integrity: sha512-AAAA}

  string-width@4.2.3:
    resolution: {integrity: sha512-AAAA}

snapshots:

  '@isaacs/cliui@8.0.2':
    dependencies:
      string-width-cjs: string-width@4.2.3

  chalk@4.1.2: {}

  forked@https://codeload.github.com/me/forked/tar.gz/${commit}: {}

  left-pad-file@file:folder: {}

  ms@2.0.0: {}

  react-dom@18.2.0(react@18.2.0):
    dependencies:
      scheduler: 0.23.2

  scheduler@0.23.2: {}

  string-width@4.2.3: {}
`;

const forked = `pkg:npm/forked@0.1.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fme%2Fforked%40${commit}`;

test('version 5: peers are no part of the version', () => {
  expect(packagesIn(pnpmLock, path, fifth)).toEqual([
    'pkg:npm/%40isaacs/cliui@8.0.2',
    'pkg:npm/react-dom@18.2.0 development',
    'pkg:npm/styled@1.0.0-rc.1',
    forked,
  ]);
});

test('version 6', () => {
  expect(packagesIn(pnpmLock, path, sixth)).toEqual([
    'pkg:npm/%40isaacs/cliui@8.0.2',
    'pkg:npm/react-dom@18.2.0 development',
  ]);
});

test('version 9: what only devDependencies lead to is for development', () => {
  expect(packagesIn(pnpmLock, path, ninth)).toEqual([
    'pkg:npm/%40isaacs/cliui@8.0.2',
    'pkg:npm/chalk@4.1.2',
    forked,
    'pkg:npm/ms@2.0.0',
    'pkg:npm/react-dom@18.2.0 development',
    'pkg:npm/scheduler@0.23.2 development',
    'pkg:npm/string-width@4.2.3',
  ]);
});

test('a second document, for pnpm itself, is read too', () => {
  const text = `---\nlockfileVersion: '9.0'\npackages:\n  pnpm@11.0.0:\n    resolution: {integrity: a}\n---\n${ninth}`;
  expect(packagesIn(pnpmLock, path, text)).toHaveLength(8);
});

test('an address tells no version', () => {
  const text = ninth.replace('    version: 0.1.0\n', '');
  expect(gapsIn(pnpmLock, path, text)).toEqual(['the entry forked has no exact version']);
});

test('something else by that name', () => {
  expect(() => pnpmLock.read(catalogedFile(path, 'a: b\n'))).toThrow('it has no `lockfileVersion`');
});

test('more entries than any project has are refused', () => {
  const text = `lockfileVersion: '9.0'\npackages:\n${'  a@1:\n'.repeat(600_000)}`;
  expect(() => pnpmLock.read(catalogedFile(path, text))).toThrow('it has more than 500000 entries');
});

test('reads whatever bytes it is given', () => {
  for (const sample of [fifth, sixth, ninth]) {
    expect(() => expectToSurvive(pnpmLock, path, sample)).not.toThrow();
  }
});
