import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { swiftResolved } from './swift-resolved.ts';

const path = 'app/Package.resolved';
const second = JSON.stringify({
  version: 2,
  pins: [
    {
      identity: 'swift-nio',
      kind: 'remoteSourceControl',
      location: 'https://me:hunter2@GitHub.com/apple/swift-nio.git',
      state: { revision: 'abc', version: '2.62.0' },
    },
    { identity: 'branch', location: 'git@github.com:me/branch.git', state: { branch: 'main', revision: 'abc123' } },
    { identity: 'mine', kind: 'localSourceControl', location: '/srv/mine', state: { revision: 'a' } },
    { identity: 'me.registry', kind: 'registry', location: '', state: { version: '1.0.0' } },
  ],
});
const first = JSON.stringify({
  object: {
    pins: [{ package: 'Nio', repositoryURL: 'https://github.com/apple/swift-nio', state: { version: '2.0.0' } }],
  },
  version: 1,
});

test('tells packages by their repositories', () => {
  expect(packagesIn(swiftResolved, path, second)).toEqual([
    'pkg:swift/github.com/apple/swift-nio@2.62.0',
    'pkg:swift/github.com/me/branch@abc123',
  ]);
  expect(packagesIn(swiftResolved, path, first)).toEqual(['pkg:swift/github.com/apple/swift-nio@2.0.0']);
  expect(gapsIn(swiftResolved, path, second)).toEqual(['the package me.registry has no address of a repository']);
});

test('something else by that name', () => {
  expect(() => swiftResolved.read(catalogedFile(path, '{}'))).toThrow('it has no `pins`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(swiftResolved, path, second)).not.toThrow();
});
