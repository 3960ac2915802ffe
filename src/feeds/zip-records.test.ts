import { assert, constantFrom, nat, oneof, property, uint8Array } from 'fast-check';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { type MadeEntry, zipArchive } from '../../test/zip-archive.ts';
import { PlimsollError } from '../model/error.ts';
import { contentOfBytes } from '../syntax/bytes.ts';
import { surveyRecords, usualRecordLimits, zipRecords } from './zip-records.ts';

const good = { name: 'good.json', content: '{"id":"good"}' };

function recordsOf(bytes: Buffer, options: Parameters<typeof zipRecords>[2] = {}) {
  return [...zipRecords(contentOfBytes(bytes), 'x.zip', options)].map(
    ({ name, value, problem }) => `${name}: ${problem ?? JSON.stringify(value)}`,
  );
}

function told(entries: readonly MadeEntry[], limits = usualRecordLimits) {
  return recordsOf(zipArchive({ entries }), { limits });
}

const goodTold = 'good.json: {"id":"good"}';

/** An archive whose table and header have the checksum of each entry, as all but tests write them. */
function withChecksums(entries: readonly { readonly name: string; readonly content: string }[]): Buffer {
  const bytes = zipArchive({ entries });
  let [header, row] = [0, bytes.indexOf('PK\u0001\u0002')];
  for (const { name, content } of entries) {
    const checksum = crc32(content);
    bytes.writeUInt32LE(checksum, header + 14);
    bytes.writeUInt32LE(checksum, row + 16);
    header += 30 + name.length + bytes.readUInt32LE(header + 18);
    row += 46 + name.length;
  }
  return bytes;
}

describe('records of an archive', () => {
  test('come in the order of its table, stored or deflated, and folders are none', () => {
    const entries = [{ ...good, name: 'b.json', isStored: true as const }, { name: 'folder/' }, good];
    expect(told(entries)).toEqual(['b.json: {"id":"good"}', goodTold]);
    expect(surveyRecords(contentOfBytes(zipArchive({ entries })))).toEqual({
      files: 2,
      records: 2,
      bytes: 26,
      archives: 0,
    });
  });

  test.each<readonly [string, MadeEntry]>([
    ['it is encrypted', { ...good, isEncrypted: true }],
    ['it is compressed in a way that is not read', { ...good, method: 12 }],
    ['it is damaged', { ...good, isDamaged: true }],
    ['it is damaged', { ...good, claimedSize: 5 }],
    ['it is damaged', { ...good, claimedSize: 500 }],
    ['it is damaged', { ...good, claimedSize: 500, isStored: true }],
    ['it is too large', { ...good, claimedSize: 17 * 1024 ** 2 }],
    ['it is no JSON', { ...good, content: '{"id":' }],
    ['it is no UTF-8', { ...good, content: Buffer.from('{"id":"caf\xe9"}', 'latin1') }],
    ['it is nested too deeply', { ...good, content: '['.repeat(100_000) + ']'.repeat(100_000) }],
  ])('one that is wrong does not touch the others: %s', (problem, entry) => {
    expect(told([{ ...entry, name: 'bad.json' }, good])).toEqual([`bad.json: ${problem}`, goodTold]);
  });

  test('names that lead out, that stand twice or are of no record are told', () => {
    const names = ['../up.json', 'a/../../up.json', '/root.json', 'C:\\up.json', 'a\\..\\up.json'];
    const out = 'its name leads out of the archive';
    expect(told(names.map((name) => ({ ...good, name })))).toEqual(names.map((name) => `${name}: ${out}`));
    expect(told([good, { ...good, content: '{"id":"second"}' }])).toEqual([
      goodTold,
      'good.json: its name is that of another file of the archive',
    ]);
    expect(told([good, { name: 'good.jsom', content: '{}' }, { name: 'inner.zip' }])).toEqual([
      goodTold,
      'good.jsom: it is no record: its name does not end with .json',
      'inner.zip: it is an archive inside of an archive of records',
    ]);
  });

  test('are held against their checksums', () => {
    const stored = { name: 'a.json', content: '{"fixed":"1.2.3"}', isStored: true as const };
    const bytes = withChecksums([stored, good]);
    expect(recordsOf(bytes)).toEqual(['a.json: {"fixed":"1.2.3"}', goodTold]);
    bytes[bytes.indexOf('1.2.3')] = '7'.charCodeAt(0);
    expect(recordsOf(bytes)).toEqual(['a.json: it is damaged', goodTold]);
  });

  test('may be those of one folder', () => {
    const names = ['Debian/a.json', 'Debian/kev.json', 'Debian/b/c.json', 'Debian2/a.json', 'a.json'];
    const entries = names.map((name) => ({ ...good, name }));
    expect(recordsOf(zipArchive({ entries }), { folder: 'Debian/' })).toEqual(['a.json: {"id":"good"}']);
  });

  test('a byte order mark does not count', () => {
    expect(told([{ ...good, content: '\u{feff}{"id":"good"}' }])).toEqual([goodTold]);
  });
});

test('an archive that is cut while it is read ends in an error', async () => {
  const bytes = zipArchive({
    entries: Array.from({ length: 2000 }, (_, index) => ({ ...good, name: `${index}.json` })),
  });
  let isCut = false;
  const cut = { size: bytes.length, read: (at: number, length: number) => bytes.subarray(at, isCut ? 0 : at + length) };
  const records = zipRecords(cut, 'x.zip');
  expect(records.next().value).toEqual({ name: '0.json', value: { id: 'good' } });
  isCut = true;
  const { text } = await failureOf(() => [...records]);
  expect(text.en).toBe('x.zip was changed while it was read');
});

describe('an archive that is not to be used at all', () => {
  const two = zipArchive({ entries: [good, { ...good, name: 'second.json' }] });

  test.each([
    ['too-many-entries', two, { ...usualRecordLimits, entries: 1 }],
    ['too-large', two, { ...usualRecordLimits, all: 20 }],
    ['no-archive', two.subarray(0, -30), usualRecordLimits],
    ['no-archive', Buffer.from('{"id":"good"}'), usualRecordLimits],
    ['damaged-archive', broken(two, two.lastIndexOf('PK\u0001\u0002')), usualRecordLimits],
  ] as const)('is %s', async (fault, bytes, limits) => {
    expect(surveyRecords(contentOfBytes(bytes), limits)).toBe(fault);
    const { code, text } = await failureOf(() => recordsOf(bytes, { limits }));
    expect(code).toBe('file-unreadable');
    expect(text.en).toContain('x.zip');
  });
});

function broken(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = 0;
  return copy;
}

/** Any other error than one for a user is a fault. */
function readOrRefused(bytes: Buffer): readonly string[] {
  try {
    return recordsOf(bytes);
  } catch (error) {
    if (error instanceof PlimsollError) return [];
    throw error;
  }
}

describe('whatever bytes there are', () => {
  const whole = withChecksums([good, { name: 'folder/more.json', content: `{"id":"${'x'.repeat(300)}"}` }]);

  test('records or an error come of them', () => {
    assert(property(uint8Array({ maxLength: 400 }), (bytes) => readOrRefused(Buffer.from(bytes)).length >= 0));
    assert(
      property(nat(whole.length), uint8Array({ maxLength: 40 }), (at, bytes) => {
        readOrRefused(Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)]));
      }),
    );
  });

  test('one wrong bit never makes another record', () => {
    const records = recordsOf(whole);
    assert(
      property(oneof(nat(whole.length - 1)), constantFrom(1, 2, 4, 8, 16, 32, 64, 128), (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ bit;
        const values = readOrRefused(bytes).flatMap((each) => /: (\{.*)$/s.exec(each)?.[1] ?? []);
        expect(values.filter((each) => !records.some((record) => record.endsWith(`: ${each}`)))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
