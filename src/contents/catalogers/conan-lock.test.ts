import { PackageURL } from 'packageurl-js';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { conanLock } from './conan-lock.ts';

const path = 'app/conan.lock';
const second = JSON.stringify({
  version: '0.5',
  requires: ['zlib/1.2.13#13c96f5%1700000000.1', 'boost/1.83.0@me/stable#a', 'fmt/10.1.1@_/_'],
  build_requires: ['cmake/3.27.7#a'],
  python_requires: [7],
});
const first = JSON.stringify({
  version: '0.4',
  graph_lock: {
    nodes: {
      0: { ref: 'shop/1.0', path: 'conanfile.py', requires: ['1'] },
      1: { ref: 'zlib/1.2.13#13c96f5', context: 'host' },
      2: { ref: 'cmake/3.27.7', context: 'build' },
    },
  },
});

test('Conan 2', () => {
  const purls = packagesIn(conanLock, path, second);
  expect(purls).toEqual([
    'pkg:conan/zlib@1.2.13',
    'pkg:conan/me/boost@1.83.0?channel=stable&user=me',
    'pkg:conan/fmt@10.1.1',
    'pkg:conan/cmake@3.27.7 development',
  ]);
  // Others refuse a channel without a namespace.
  expect(PackageURL.fromString(purls[1] ?? '').namespace).toBe('me');
  expect(gapsIn(conanLock, path, second)).toEqual(['an entry has no name']);
});

test('Conan 1', () => {
  expect(packagesIn(conanLock, path, first)).toEqual(['pkg:conan/zlib@1.2.13', 'pkg:conan/cmake@3.27.7 development']);
});

test('something else by that name', () => {
  expect(() => conanLock.read(catalogedFile(path, '{}'))).toThrow('it has none of the parts of a lock file of Conan');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(conanLock, path, second)).not.toThrow();
});
