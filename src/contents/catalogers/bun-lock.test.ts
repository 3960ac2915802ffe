import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { bunLock } from './bun-lock.ts';

const path = 'app/bun.lock';

const lock = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "my-app",
      "dependencies": { "@isaacs/cliui": "8.0.2", "chalk4": "npm:chalk@4.1.2", "forked": "github:me/forked" },
      "devDependencies": { "semver": "7.5.0" },
    },
    "packages/part": {
      "name": "@me/part",
      "devDependencies": { "semver": "6.3.0" },
    },
  },
  "packages": {
    // A comment.
    "@isaacs/cliui": ["@isaacs/cliui@8.0.2", "", { "dependencies": { "ms": "2.1.3" } }, "sha512-A"],
    "@isaacs/cliui/ms": ["ms@2.1.3", "", {}, "sha512-A"],
    "@me/part": ["@me/part@workspace:packages/part"],
    "@me/part/semver": ["semver@6.3.0", "", {}, "sha512-A"],
    "chalk4": ["chalk@4.1.2", "", { "dependencies": { "lru": "^6" } }, "sha512-A"],
    "forked": ["forked@github:me/forked#abc1234", {}, "me-forked-abc1234"],
    "left-pad-file": ["left-pad-file@file:folder", {}],
    "lru": ["lru@6.0.0", "", {}, "sha512-A"],
    "ms": ["ms@2.0.0", "", {}, "sha512-A"],
    "semver": ["semver@7.5.0", "", {}, "sha512-A"],
  },
}
`;

test('tells packages by what their keys came to', () => {
  expect(packagesIn(bunLock, path, lock)).toEqual([
    'pkg:npm/%40isaacs/cliui@8.0.2',
    'pkg:npm/ms@2.1.3',
    'pkg:npm/semver@6.3.0 development',
    'pkg:npm/chalk@4.1.2',
    'pkg:npm/forked@abc1234?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fme%2Fforked%40abc1234',
    'pkg:npm/lru@6.0.0',
    'pkg:npm/ms@2.0.0 development',
    'pkg:npm/semver@7.5.0 development',
  ]);
});

test('an entry of another shape is a gap', () => {
  expect(gapsIn(bunLock, path, lock.replace('["ms@2.0.0"', '[7'))).toEqual(['the entry ms has no exact version']);
});

test.each([
  ['{', 'it is no valid JSON at offset 1 (CloseBraceExpected)'],
  ['{}', 'it has no `workspaces`'],
  ['['.repeat(50_000), 'its values are nested more than 1000 deep'],
])('%# is refused', (text, reason) => {
  expect(() => bunLock.read(catalogedFile(path, text))).toThrow(reason);
});

test('a key of many folders takes no time without end', () => {
  const key = 'a/'.repeat(50_000);
  const needs = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`b${index}`, '1']));
  const text = JSON.stringify({
    workspaces: { '': { dependencies: { [key]: '1' } } },
    packages: { [key]: ['a@1.0.0', '', { dependencies: needs }], b7: ['b7@1.0.0'] },
  });
  expect(packagesIn(bunLock, path, text)).toEqual(['pkg:npm/a@1.0.0', 'pkg:npm/b7@1.0.0']);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(bunLock, path, lock)).not.toThrow();
});
