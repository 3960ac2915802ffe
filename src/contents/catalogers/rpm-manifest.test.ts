import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { rpmManifest } from './rpm-manifest.ts';

function read(text: string) {
  return rpmManifest.read(catalogedFile('var/lib/rpmmanifest/container-manifest-2', text));
}

const columns = ['1700000000', '1690000000', 'Microsoft Corporation'];

test('a package a line', () => {
  const lines = [
    ['openssl-libs', '3.3.0-1.azl3', ...columns, '(none)', '4000000', 'x86_64', '0', 'openssl-3.3.0-1.azl3.src.rpm'],
    ['bind-libs', '9.20.0-1.azl3', ...columns, '2', '1', 'x86_64', '2', 'bind-9.20.0-1.azl3.src.rpm'],
  ];
  expect(read(`${lines.map((line) => line.join('\t')).join('\n')}\n`)).toEqual({
    packages: [
      {
        type: 'rpm',
        name: 'openssl-libs',
        version: '3.3.0-1.azl3',
        architecture: 'x86_64',
        qualifiers: { arch: 'x86_64' },
        source: { name: 'openssl', version: '3.3.0-1.azl3' },
        vendor: 'Microsoft Corporation',
      },
      {
        type: 'rpm',
        name: 'bind-libs',
        version: '2:9.20.0-1.azl3',
        architecture: 'x86_64',
        qualifiers: { arch: 'x86_64', epoch: '2' },
        source: { name: 'bind', version: '9.20.0-1.azl3' },
        vendor: 'Microsoft Corporation',
      },
    ],
  });
});

test('a line without a version is a gap', () => {
  expect(read('openssl-libs\n')).toMatchObject({ gaps: [{ reason: { en: expect.stringContaining('openssl-libs') } }] });
});

test('reads whatever bytes it is given', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      read(text);
      expect(read(`a\t1-1\t${text.replaceAll('\n', '')}`).packages).toHaveLength(1);
    }),
  );
});
