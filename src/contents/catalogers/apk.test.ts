import { createHash } from 'node:crypto';
import { assert, constantFrom, array, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { apk } from './apk.ts';

function checksum(content: string, algorithm: 'sha1' | 'sha256' = 'sha1'): string {
  return `Z:Q${algorithm === 'sha1' ? 1 : 2}${createHash(algorithm).update(content).digest('base64')}`;
}

function hexadecimal(content: string, algorithm = 'sha1'): string {
  return createHash(algorithm).update(content).digest('hex');
}

/** As apk 2.14 writes it: fields of the index first, then what replaces what, then folders with their files. */
const installed = `C:Q1${createHash('sha1').update('package').digest('base64')}
P:libcrypto3
V:3.3.2-r0
A:x86_64
S:1753406
I:4722688
T:Crypto library from openssl
U:https://www.openssl.org/
L:Apache-2.0
o:openssl
m:Somebody <somebody@example.org>
t:1725363000
c:0123456789abcdef0123456789abcdef01234567
D:so:libc.musl-x86_64.so.1
p:so:libcrypto.so.3=3.3.2
r:libressl
F:etc
F:etc/ssl
R:openssl.cnf
${checksum('configuration')}
F:usr
F:usr/lib
R:libcrypto.so.3
a:0:0:755
${checksum('library')}
R:libcrypto.so
a:0:0:777
${checksum('libcrypto.so.3')}
F:var/empty
M:0:0:1777

P:musl
V:1.2.5-r0
A:x86_64
L:MIT
F:lib
R:ld-musl-x86_64.so.1

P:.build-dependencies
V:20241022.071923
A:noarch
D:gcc make

`;

function read(text: string) {
  return apk.read(catalogedFile('lib/apk/db/installed', text));
}

test('packages, with the package that they were built from', () => {
  const { packages, gaps } = read(installed);
  expect(gaps).toBeUndefined();
  expect(packages?.[0]).toEqual({
    type: 'apk',
    name: 'libcrypto3',
    version: '3.3.2-r0',
    architecture: 'x86_64',
    qualifiers: { arch: 'x86_64' },
    source: { name: 'openssl', version: '3.3.2-r0' },
    vendor: 'Somebody <somebody@example.org>',
    licenses: ['Apache-2.0'],
    id: 'libcrypto3',
  });
  expect(packages?.[1]).toMatchObject({ name: 'musl', source: { name: 'musl', version: '1.2.5-r0' } });
  // apk lists what `apk add --virtual` made, too.
  expect(packages?.[2]).toMatchObject({ name: '.build-dependencies', version: '20241022.071923' });
});

test('files with their checksums; configuration without', () => {
  expect(read(installed).owned).toEqual([
    {
      owner: 'libcrypto3',
      paths: ['etc/ssl/openssl.cnf', 'usr/lib/libcrypto.so.3', 'usr/lib/libcrypto.so'],
      digests: ['', hexadecimal('library'), hexadecimal('libcrypto.so.3')],
      algorithm: 'sha1',
    },
    { owner: 'musl', paths: ['lib/ld-musl-x86_64.so.1'] },
  ]);
});

function files(lines: string) {
  return read(`P:a\nV:1\n${lines}\n`).owned?.[0];
}

describe('checksums', () => {
  test('of SHA-256', () => {
    expect(files(`F:bin\nR:a\n${checksum('a', 'sha256')}`)).toMatchObject({
      algorithm: 'sha256',
      digests: [hexadecimal('a', 'sha256')],
    });
  });

  test('that are only the beginning of a SHA-256 are none', () => {
    expect(files(`f:S\nF:bin\nR:a\n${checksum('a')}`)).toEqual({ owner: 'a', paths: ['bin/a'] });
  });

  test.each(['Z:', 'Z:Q1', 'Z:Q1####', 'Z:Q3AAAA', `Z:${'0a'.repeat(16)}`, `${checksum('a')}AAAA`])(
    'that are none: %s',
    (line) => {
      expect(files(`F:bin\nR:a\n${line}`)).toEqual({ owner: 'a', paths: ['bin/a'] });
    },
  );

  test('before any file belong to none', () => {
    expect(files(`F:bin\n${checksum('a')}\nR:a`)).toEqual({ owner: 'a', paths: ['bin/a'] });
  });
});

test('the last package counts without an empty line after it', () => {
  expect(read('P:a\nV:1.0-r0').packages).toMatchObject([{ name: 'a' }]);
  expect(read('P:a\nV:1.0-r0\n').packages).toMatchObject([{ name: 'a' }]);
});

test('a package without a version is a gap, and no reason to lose the others', () => {
  const { packages, gaps } = read(installed.replace('V:1.2.5-r0\n', ''));
  expect(packages).toHaveLength(2);
  expect(gaps).toMatchObject([{ reason: { en: expect.stringContaining('musl') } }]);
});

test.each(['1', '1.2.3', '1.0a', '1.0_alpha', '1.0_rc2-r3', '2.9.9_p1-r0', '0_git20240101-r0', '1.2~0a1b-r0', '03.1'])(
  'the version %s is one',
  (version) => {
    expect(read(`P:a\nV:${version}\n\n`).gaps).toBeUndefined();
  },
);

test.each(['', 'v1', '1.', '1..2', '1-r', '1.0ab', '1.0_beta-1', '1.0-1', '1.0 ', '1_foo'])(
  'the version %j is none',
  (version) => {
    expect(read(`P:a\nV:${version}\n\n`).gaps).toHaveLength(1);
  },
);

test('one long folder cannot be made gigabytes of', () => {
  const folder = 'f'.repeat(4000);
  const { owned, gaps } = read(`P:a\nV:1\nF:${folder}\n${'R:a\n'.repeat(100_000)}\n`);
  expect(owned?.[0]?.paths.length).toBeLessThan(20_000);
  expect(gaps).toHaveLength(1);
});

test('reads whatever bytes it is given', () => {
  const line = constantFrom(
    'P:a',
    'V:1',
    '',
    'F:a/b',
    'R:c',
    'Z:Q1',
    'a:0:0:755',
    'M:',
    'f:S',
    ':',
    'PP',
    checksum('a'),
  );
  assert(
    property(array(line), string({ unit: 'binary' }), (lines, noise) => {
      for (const text of [lines.join('\n'), noise, `${lines.join('\n')}\n${noise}`]) {
        const { packages = [], owned = [] } = read(text);
        expect(packages.every(({ name, version }) => name !== '' && version !== '')).toBe(true);
        expect(owned.every(({ paths, digests = paths }) => digests.length === paths.length)).toBe(true);
      }
    }),
  );
});
