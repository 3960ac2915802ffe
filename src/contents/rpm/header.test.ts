import { assert, integer, nat, property, record, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type WrittenRpm, writeRpmHeader } from '../../../test/rpm-header.ts';
import { readHeader, tags } from './header.ts';
import { ownedFilesOf } from './owned-files.ts';
import { packageOf, sourceOf } from './package.ts';

function headerOf(rpm: WrittenRpm) {
  const header = readHeader(writeRpmHeader(rpm));
  if (!header) throw new Error('no header');
  return header;
}

function filesOf(rpm: Omit<WrittenRpm, 'name'>, hasRoomFor = () => true) {
  return ownedFilesOf(headerOf({ name: 'a', ...rpm }), 'a', { hasRoomFor });
}

describe('a package', () => {
  test('has what its tags say', () => {
    const header = headerOf({
      name: 'nodejs',
      version: '18.16.0',
      release: '1.module+el8',
      epoch: 1,
      architecture: 'x86_64',
      sourcePackage: 'nodejs-src-18.16.0-1.module+el8.src.rpm',
      vendor: 'Red Hat, Inc.',
      license: 'MIT and ASL 2.0',
      modularity: 'nodejs:18:8060020220523160029:ad008a3a',
    });
    expect(packageOf(header)).toEqual({
      type: 'rpm',
      name: 'nodejs',
      version: '1:18.16.0-1.module+el8',
      architecture: 'x86_64',
      qualifiers: { arch: 'x86_64', epoch: '1', rpmmod: 'nodejs:18:8060020220523160029:ad008a3a' },
      source: { name: 'nodejs-src', version: '18.16.0-1.module+el8' },
      vendor: 'Red Hat, Inc.',
      licenses: ['MIT and ASL 2.0'],
      modularity: 'nodejs:18:8060020220523160029:ad008a3a',
      id: 'nodejs-1:18.16.0-1.module+el8.x86_64',
    });
  });

  test('without an epoch has none, and an epoch of 0 is one', () => {
    expect(packageOf(headerOf({ name: 'a' }))).toMatchObject({ version: '1.0-1', qualifiers: {} });
    expect(packageOf(headerOf({ name: 'a', epoch: 0 }))).toMatchObject({
      version: '0:1.0-1',
      qualifiers: { epoch: '0' },
    });
  });

  test('is none when it is a key, or has no name', () => {
    expect(packageOf(headerOf({ name: 'gpg-pubkey' }))).toBe('key');
    expect(packageOf(headerOf({ name: '' }))).toBeUndefined();
    expect(packageOf(headerOf({ name: 'a', version: '' }))).toBeUndefined();
    expect(packageOf(headerOf({ name: 'a'.repeat(5000) }))).toBeUndefined();
  });

  test.each([
    ['bash-5.1.8-6.el9.src.rpm', { name: 'bash', version: '5.1.8-6.el9' }],
    ['java-17-openjdk-17.0.9-2.nosrc.rpm', { name: 'java-17-openjdk', version: '17.0.9-2' }],
    ['(none)', undefined],
    ['a-b', undefined],
    ['--', undefined],
    [undefined, undefined],
  ])('its source from %s', (written, expected) => {
    expect(sourceOf(written)).toEqual(expected);
  });
});

describe('files', () => {
  const digest = 'AB'.repeat(32);

  test('have digests where their content must be as it was', () => {
    const configuration = 1;
    const ghost = 64;
    const replaced = 1;
    expect(
      filesOf({
        files: [
          { path: '/usr/bin/a', digest },
          { path: '/etc/a.conf', digest, flags: configuration },
          { path: '/var/log/a', digest, flags: ghost },
          { path: '/usr/bin/b', digest, state: replaced },
          { path: '/usr/lib/link' },
          { path: '/usr/lib/odd', digest: 'abc' },
        ],
      }),
    ).toEqual({
      owner: 'a',
      paths: ['usr/bin/a', 'etc/a.conf', 'var/log/a', 'usr/bin/b', 'usr/lib/link', 'usr/lib/odd'],
      digests: [digest.toLowerCase(), '', '', '', '', ''],
      algorithm: 'sha256',
    });
  });

  test('have digests of the algorithm that the package names; of one that nobody knows none', () => {
    const files = [{ path: '/a', digest: 'ab'.repeat(16) }];
    expect(filesOf({ digestAlgorithm: 1, files })).toMatchObject({ algorithm: 'md5', digests: ['ab'.repeat(16)] });
    expect(filesOf({ digestAlgorithm: 99, files })).toEqual({ owner: 'a', paths: ['a'] });
  });

  test('are left out where they can be no paths', () => {
    const long = `/${'a/'.repeat(3000)}b`;
    expect(filesOf({ files: [{ path: 'not/absolute' }, { path: long }, { path: '/b' }] })).toMatchObject({
      paths: ['b'],
    });
    expect(filesOf({ files: [] })).toMatchObject({ paths: [] });
  });

  test('end where there is no more room', () => {
    const files = Array.from({ length: 100 }, (_, index) => ({ path: `/a/${index}` }));
    let room = 7;
    expect(filesOf({ files }, () => (room -= 1) >= 0)).toMatchObject({ paths: { length: 7 } });
  });
});

test('of a tag that stands twice the later one counts, as what an installation added to what was signed', () => {
  const blob = writeRpmHeader({ name: 'first' });
  const other = writeRpmHeader({ name: 'other' });
  const entries = other.readUInt32BE(0);
  // Both have the same layout: entries of the one, then those of the other, over the data of both.
  const start = Buffer.from(blob.subarray(0, 8));
  const dataLength = blob.readUInt32BE(4);
  start.writeUInt32BE(entries * 2, 0);
  start.writeUInt32BE(dataLength * 2, 4);
  const index = Buffer.from(other.subarray(8, 8 + entries * 16));
  for (let place = 8; place < index.length; place += 16)
    index.writeUInt32BE(index.readUInt32BE(place) + dataLength, place);
  const both = Buffer.concat([
    start,
    blob.subarray(8, 8 + entries * 16),
    index,
    blob.subarray(8 + entries * 16),
    other.subarray(8 + entries * 16),
  ]);
  expect(readHeader(both)?.text(tags.name)).toBe('other');
});

test('counts that promise more than there is are no reason to look for it', () => {
  const blob = writeRpmHeader({ name: 'a', files: [{ path: '/usr/bin/a', digest: '' }] });
  for (let place = 8; place < 8 + blob.readUInt32BE(0) * 16; place += 16) blob.writeUInt32BE(0xff_ff_ff_ff, place + 12);
  const header = readHeader(blob);
  expect(header?.count(tags.baseNames)).toBeLessThan(blob.length);
  expect(header?.number(tags.fileFlags, 4_000_000_000)).toBeUndefined();
});

test('reads whatever bytes it is given', () => {
  const any = record({ name: string(), version: string(), license: string() });
  assert(
    property(any, uint8Array(), nat(), integer({ min: 0, max: 255 }), (rpm, noise, place, value) => {
      const blob = writeRpmHeader({ ...rpm, files: [{ path: '/usr/bin/a', digest: 'a' }] });
      blob[place % blob.length] = value;
      for (const bytes of [blob, Buffer.from(noise), blob.subarray(0, place % blob.length)]) {
        const header = readHeader(bytes);
        if (!header) continue;
        packageOf(header);
        ownedFilesOf(header, 'a', { hasRoomFor: () => true });
      }
    }),
  );
});
