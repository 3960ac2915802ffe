import { zstdCompressSync } from 'node:zlib';
import { array, assert, constantFrom, nat, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { CatalogerError } from '../cataloger.ts';
import { chisel } from './chisel.ts';

const path = 'var/lib/chisel/manifest.wall';
const [library, configuration, before, after] = ['1', '2', '3', '4'].map((digit) => digit.repeat(64));

/** As Chisel 1.0 writes it: sorted lines behind the header, which counts itself. */
const lines = [
  '{"kind":"content","slice":"base-files_base","path":"/etc/"}',
  '{"kind":"content","slice":"libssl3t64_libs","path":"/usr/lib/x86_64-linux-gnu/libssl.so.3"}',
  `{"kind":"package","name":"base-files","version":"13ubuntu10.1","sha256":"${before}","arch":"amd64"}`,
  `{"kind":"package","name":"libssl3t64","version":"3.0.13-0ubuntu3.5","sha256":"${after}","arch":"amd64"}`,
  '{"kind":"path","path":"/etc/","mode":"0755","slices":["base-files_base","libssl3t64_libs"]}',
  `{"kind":"path","path":"/etc/issue","mode":"0644","slices":["base-files_base"],"sha256":"${configuration}","size":26}`,
  '{"kind":"path","path":"/lib","mode":"0777","slices":["base-files_base"],"link":"usr/lib"}',
  `{"kind":"path","path":"/usr/lib/x86_64-linux-gnu/libssl.so.3","mode":"0644","slices":["libssl3t64_libs"],"sha256":"${library}","size":9}`,
  `{"kind":"path","path":"/usr/share/shared","mode":"0644","slices":["base-files_base","base-files_more","libssl3t64_libs"],"sha256":"${before}","final_sha256":"${after}","size":9}`,
  '{"kind":"slice","name":"base-files_base"}',
  '{"kind":"slice","name":"libssl3t64_libs"}',
];

function manifest(entries: readonly string[] = lines, count = entries.length + 1): string {
  return [`{"jsonwall":"1.0","schema":"1.0","count":${count}}`, ...entries, ''].join('\n');
}

function read(text: string) {
  return chisel.read(catalogedFile(path, zstdCompressSync(text)));
}

function reasons(text: string): string[] {
  const { gaps = [] } = read(text);
  for (const { reason } of gaps) expect(reason.zh).toMatch(/\p{Script=Han}/u);
  return gaps.map(({ reason }) => reason.en);
}

test('packages, whose source nobody tells', () => {
  const { packages, gaps } = read(manifest());
  expect(gaps).toBeUndefined();
  expect(packages).toEqual([
    {
      type: 'deb',
      name: 'base-files',
      version: '13ubuntu10.1',
      architecture: 'amd64',
      qualifiers: { arch: 'amd64' },
      id: 'base-files',
    },
    {
      type: 'deb',
      name: 'libssl3t64',
      version: '3.0.13-0ubuntu3.5',
      architecture: 'amd64',
      qualifiers: { arch: 'amd64' },
      id: 'libssl3t64',
    },
  ]);
});

test('files as they were put there, without folders; configuration without a checksum', () => {
  expect(read(manifest()).owned).toEqual([
    {
      owner: 'base-files',
      paths: ['etc/issue', 'lib', 'usr/share/shared'],
      digests: ['', '', after],
      algorithm: 'sha256',
    },
    {
      owner: 'libssl3t64',
      paths: ['usr/lib/x86_64-linux-gnu/libssl.so.3', 'usr/share/shared'],
      digests: [library, after],
      algorithm: 'sha256',
    },
  ]);
});

test('packages with a digest of another kind, as newer versions write it', () => {
  const text = manifest([`{"kind":"package","name":"a","version":"1","sha384":"${before}","arch":"amd64"}`]);
  expect(read(text).packages).toMatchObject([{ name: 'a', version: '1' }]);
});

describe('what is missing is said, and the rest is read', () => {
  test('a broken line', () => {
    const text = manifest(lines.with(2, lines[2]?.slice(0, -1) ?? ''));
    expect(reasons(text)).toEqual(['a line is no JSON object']);
    expect(read(text).packages).toMatchObject([{ name: 'libssl3t64' }]);
  });

  test.each(['[]', '7', 'null', '"package"'])('a line that is %s', (line) => {
    expect(reasons(manifest([...lines, line]))).toEqual(['a line is no JSON object']);
  });

  test('a line that is too long', () => {
    const text = manifest([...lines, JSON.stringify({ kind: 'package', name: 'a', version: '1'.repeat(70_000) })]);
    expect(reasons(text)).toEqual(['a line is no JSON object']);
    expect(read(text).packages).toHaveLength(2);
  });

  test('the end', () => {
    const [first = '', ...others] = manifest().split('\n');
    expect(reasons([first, ...others.slice(0, 3)].join('\n'))).toEqual([
      'it has 4 lines, and says that there are 12: packages may be missing',
    ]);
  });

  test('a version', () => {
    expect(reasons(manifest(lines.with(3, '{"kind":"package","name":"libssl3t64","arch":"amd64"}')))).toEqual([
      'the package libssl3t64 has no version',
    ]);
  });

  test('a schema that is known', () => {
    const text = manifest().replace('"schema":"1.0"', '"schema":"2.0"');
    expect(reasons(text)).toEqual(['its schema is 2.0, and not 1.0: what it tells may not be all']);
    expect(read(text).packages).toHaveLength(2);
    expect(reasons(manifest().replace('"schema":"1.0",', ''))).toHaveLength(1);
  });

  test('what comes after ten thousand broken lines', () => {
    const text = manifest([...Array.from({ length: 20_000 }, () => '{'), ...lines]);
    expect(reasons(text)).toEqual(['more than 10000 lines are no JSON objects: what comes after them is left out']);
  });
});

describe('is refused:', () => {
  test.each([
    ['nothing', '', 'it does not begin with the header of a manifest (`jsonwall`)'],
    ['no header', lines.join('\n'), 'it does not begin with the header of a manifest (`jsonwall`)'],
    ['other JSON', '{"packages":[]}', 'it does not begin with the header of a manifest (`jsonwall`)'],
    ['a bomb', `${manifest()}${' '.repeat(64 * 1024 ** 2)}`, 'it unpacks to more than 64 MiB'],
  ])('%s', (_, text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });

  test('what is not zstd, and half of it', () => {
    const whole = zstdCompressSync(manifest());
    for (const bytes of [Buffer.from(manifest()), whole.subarray(0, whole.length / 2), Buffer.alloc(0)]) {
      expect(() => chisel.read(catalogedFile(path, bytes))).toThrow(
        'it cannot be unpacked: it is no whole file of zstd',
      );
    }
  });
});

test('one long path in slices of many packages cannot be made gigabytes of', () => {
  const slices = Array.from({ length: 5000 }, (_, index) => `p${index}_a`);
  const line = JSON.stringify({ kind: 'path', path: `/${'f'.repeat(8000)}`, slices });
  const { owned = [], gaps } = read(manifest(Array.from({ length: 20 }, () => line)));
  expect(owned.reduce((sum, { paths }) => sum + paths.length, 0)).toBeLessThan(10_000);
  expect(gaps).toHaveLength(1);
});

test('reads whatever it is given', () => {
  const line = constantFrom(
    ...lines,
    '{"kind":"package","name":"","version":"1"}',
    '{"kind":"package","name":{},"version":[]}',
    '{"kind":"path","path":"//","slices":"a_b"}',
    '{"kind":"path","path":"/a","slices":[7,"","_","__proto___a"],"sha256":"xyz"}',
    '{"__proto__":{"kind":"package","name":"a","version":"1"}}',
    '{',
    '',
  );
  assert(
    property(array(line), string({ unit: 'binary' }), nat(20), (entries, noise, count) => {
      for (const text of [manifest(entries, count), manifest([...entries, noise])]) {
        const { packages = [], owned = [] } = read(text);
        expect(packages.every(({ name, version }) => name !== '' && version !== '')).toBe(true);
        expect(owned.every(({ paths, digests = [] }) => digests.length === paths.length)).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
  assert(
    property(uint8Array(), (bytes) => {
      expect(() => chisel.read(catalogedFile(path, Buffer.from(bytes)))).toThrow(CatalogerError);
    }),
  );
});
