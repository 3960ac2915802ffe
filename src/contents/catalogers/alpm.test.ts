import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { alpm } from './alpm.ts';

const folder = 'var/lib/pacman/local/openssl-3.3.2-1';
const description = `%NAME%
openssl

%VERSION%
3.3.2-1

%BASE%
openssl-base

%DESC%
The Open Source toolkit

%ARCH%
x86_64

%PACKAGER%
Somebody <somebody@example.org>

%LICENSE%
Apache-2.0
MIT

%VALIDATION%
pgp
`;

function read(path: string, text: string) {
  return alpm.read(catalogedFile(path, text));
}

test('a package, with the package that it was built from', () => {
  expect(read(`${folder}/desc`, description)).toEqual({
    packages: [
      {
        type: 'alpm',
        name: 'openssl',
        version: '3.3.2-1',
        architecture: 'x86_64',
        qualifiers: { arch: 'x86_64' },
        source: { name: 'openssl-base', version: '3.3.2-1' },
        vendor: 'Somebody <somebody@example.org>',
        licenses: ['Apache-2.0', 'MIT'],
        id: 'openssl-3.3.2-1',
      },
    ],
  });
});

test('its files belong to its folder; what is listed as a backup does not count twice', () => {
  const files = '%FILES%\netc/\netc/ssl/openssl.cnf\nusr/lib/libssl.so.3\n\n%BACKUP%\netc/ssl/openssl.cnf\t0123\n';
  expect(read(`${folder}/files`, files)).toEqual({
    owned: [{ owner: 'openssl-3.3.2-1', paths: ['etc', 'etc/ssl/openssl.cnf', 'usr/lib/libssl.so.3'] }],
  });
});

test('without a version it is a gap', () => {
  expect(read(`${folder}/desc`, '%NAME%\nopenssl\n')).toMatchObject({
    gaps: [{ reason: { en: expect.stringContaining('openssl') } }],
  });
});

test('reads whatever bytes it is given', () => {
  assert(
    property(constantFrom('desc', 'files'), string({ unit: 'binary' }), (name, text) => {
      for (const given of [text, `%NAME%\n${text}\n\n%VERSION%\n1\n`, `%FILES%\n${text}`]) {
        expect(read(`${folder}/${name}`, given).packages?.[0]?.name).not.toBe('');
      }
    }),
  );
});
