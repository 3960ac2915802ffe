import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { dpkg } from './dpkg.ts';

const status = `Package: libc6
Status: install ok installed
Multi-Arch: same
Architecture: amd64
Source: glibc
Version: 2.36-9+deb12u7
Maintainer: GNU Libc Maintainers <debian-glibc@lists.debian.org>
Description: GNU C Library
 Contains the standard libraries.

Package: bash
Status: install ok installed
Architecture: amd64
Source: bash (5.2.15-2)
Version: 5.2.15-2+b7

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1.0
`;

function read(path: string, text: string) {
  return dpkg.read(catalogedFile(path, text));
}

describe('status', () => {
  test('tells packages with their source, and leaves out what was removed', () => {
    const { packages = [] } = read('var/lib/dpkg/status', status);
    expect(packages.map(({ name, version, source, id }) => ({ name, version, source, id }))).toEqual([
      {
        name: 'libc6',
        version: '2.36-9+deb12u7',
        source: { name: 'glibc', version: '2.36-9+deb12u7' },
        id: 'libc6:amd64',
      },
      { name: 'bash', version: '5.2.15-2+b7', source: { name: 'bash', version: '5.2.15-2' }, id: 'bash' },
    ]);
    expect(packages[0]).toMatchObject({ architecture: 'amd64', qualifiers: { arch: 'amd64' } });
  });

  test('a package that is half installed has files', () => {
    const half = status.replaceAll('install ok installed', 'install ok half-configured');
    expect(read('var/lib/dpkg/status', half).packages).toHaveLength(2);
  });

  test('an entry without a version is a gap, and no reason to lose the others', () => {
    const { packages, gaps } = read('var/lib/dpkg/status', status.replace('Version: 2.36-9+deb12u7\n', ''));
    expect(packages).toHaveLength(1);
    expect(gaps).toEqual([
      { reason: expect.objectContaining({ en: expect.stringContaining('libc6') }), need: expect.anything() },
    ]);
  });

  test('status.d has one package a file, without a status', () => {
    const text = 'Package: base-files\nVersion: 12.4\nArchitecture: amd64\n';
    expect(read('var/lib/dpkg/status.d/base', text).packages).toMatchObject([{ name: 'base-files', id: 'base' }]);
  });
});

test('lists and checksums say whose a file is', () => {
  expect(read('var/lib/dpkg/info/libc6:amd64.list', '/.\n/lib\n/lib/libc.so.6\n').owned).toEqual([
    { owner: 'libc6:amd64', paths: ['lib', 'lib/libc.so.6'] },
  ]);
  expect(read('var/lib/dpkg/info/bash.md5sums', `${'0a'.repeat(16)}  bin/bash\nrubbish\n`).owned).toEqual([
    { owner: 'bash', paths: ['bin/bash'], digests: ['0a'.repeat(16)], algorithm: 'md5' },
  ]);
});

test('diversions say what stands elsewhere', () => {
  const text = '/bin/sh\n/bin/sh.distrib\ndash\n/sbin/initctl\n/sbin/initctl.real\n:\nrubbish\n';
  expect(read('var/lib/dpkg/diversions', text).diversions).toEqual([
    { from: 'bin/sh', to: 'bin/sh.distrib', by: 'dash' },
    { from: 'sbin/initctl', to: 'sbin/initctl.real' },
  ]);
});

test('reads whatever bytes it is given', () => {
  assert(
    property(
      constantFrom('status', 'info/a.list', 'info/a.md5sums', 'diversions'),
      string({ unit: 'binary' }),
      (name, text) => {
        for (const { name: found, version } of read(`var/lib/dpkg/${name}`, text).packages ?? []) {
          expect(found && version).not.toBe('');
        }
      },
    ),
  );
});
