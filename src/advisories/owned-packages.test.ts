import { expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import type { Package } from '../model/package.ts';
import { ownerSpeaksFor } from './owned-packages.ts';

function owned(type: Package['type'], name: string, ownedBy?: string): Package {
  return foundPackage(type, name, '1', ownedBy === undefined ? {} : { ownedBy });
}

test.each([
  ['pypi', 'requests', 'pkg:deb/debian/python3-requests@2.28?arch=all', true],
  ['pypi', 'PyYAML', 'pkg:rpm/almalinux/python3-pyyaml@5?arch=x86_64', true],
  ['gem', 'rack', 'pkg:deb/debian/ruby-rack@2.2', true],
  ['npm', 'lodash', 'pkg:deb/debian/node-lodash@4', true],
  ['npm', 'npm', 'pkg:rpm/almalinux/npm@10', true],
  ['gem', 'json', 'pkg:rpm/almalinux/rubygem-json@2', true],
  ['maven', 'commons-io', 'pkg:deb/debian/libcommons-io-java@2', true],
  // What a package bundles.
  ['pypi', 'urllib3', 'pkg:deb/debian/python3-pip@23', false],
  ['npm', 'semver', 'pkg:deb/debian/npm@9', false],
  ['golang', 'stdlib', 'pkg:deb/debian/docker.io@20', false],
])('%s %s in %s: %j', (type, name, owner, expected) => {
  expect(ownerSpeaksFor(owned(type, name, owner), () => true)).toBe(expected);
});

test('nobody speaks for what no package owns, nor a package whose distribution nothing is known of', () => {
  expect(ownerSpeaksFor(owned('pypi', 'requests'), () => true)).toBe(false);
  expect(ownerSpeaksFor(owned('pypi', 'requests', 'pkg:deb/debian/python3-requests@2'), () => false)).toBe(false);
});
