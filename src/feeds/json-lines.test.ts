import { gzipSync } from 'node:zlib';
import { array, assert, asyncProperty, boolean, constantFrom, integer, nat, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { PlimsollError } from '../model/error.ts';
import type { JsonValue } from '../model/json.ts';
import { contentOfBytes } from '../syntax/bytes.ts';
import { epssLineReader } from './epss.ts';
import { countedLines, jsonLineReader } from './json-lines.ts';
import { type LineLimits, usualLineLimits } from './text-lines.ts';

interface ReadLines {
  readonly values: readonly JsonValue[];
  readonly skipped: number;
  readonly error?: unknown;
}

async function linesOf(bytes: Buffer, limits?: LineLimits, reader = jsonLineReader): Promise<ReadLines> {
  const options = { origin: 'x.jsonl', ...(limits ? { limits } : {}) };
  const { lines, skipped } = countedLines(() => contentOfBytes(bytes), options, reader);
  const values: JsonValue[] = [];
  try {
    for await (const value of lines()) values.push(value);
  } catch (error) {
    return { values, skipped: skipped(), error };
  }
  return { values, skipped: skipped() };
}

const many = Array.from({ length: 20_000 }, (_, index) => ({ index, text: String(Math.sin(index)) }));
const manyText = Buffer.from(many.map((each) => JSON.stringify(each)).join('\n'));

describe('lines of JSON', () => {
  test.each([
    ['as they are', (bytes: Buffer) => bytes],
    ['compressed', (bytes: Buffer) => gzipSync(bytes)],
    [
      'compressed in several members',
      (bytes: Buffer) => Buffer.concat([gzipSync(bytes.subarray(0, 70_001)), gzipSync(bytes.subarray(70_001))]),
    ],
    ['with zeros behind them', (bytes: Buffer) => Buffer.concat([gzipSync(bytes), Buffer.alloc(40_000)])],
  ])('are read %s', async (_how, packed) => {
    expect(await linesOf(packed(manyText))).toEqual({ values: many, skipped: 0 });
  });

  test('may end as other systems write it, and empty ones are none', async () => {
    expect(await linesOf(Buffer.from('\u{feff}{"a":1}\r\n\r\n\n2\r\n'))).toEqual({ values: [{ a: 1 }, 2], skipped: 0 });
    expect(await linesOf(Buffer.alloc(0))).toEqual({ values: [], skipped: 0 });
    expect(await linesOf(gzipSync(''))).toEqual({ values: [], skipped: 0 });
  });

  test('are left out and counted where they are none, or too long', async () => {
    const text = `{"a":1}\n{"a":\n"${'x'.repeat(40)}"\n\xff\n[2]\n"${'y'.repeat(50)}"`;
    const bytes = Buffer.from(text, 'latin1');
    expect(await linesOf(bytes, { ...usualLineLimits, line: 40 })).toEqual({ values: [{ a: 1 }, [2]], skipped: 4 });
    const long = Buffer.from(`1\n"${'x'.repeat(3 * 1024 ** 2)}"\n2\n"${'x'.repeat(1024 ** 2 - 3)}"`);
    const { values, skipped } = await linesOf(gzipSync(long));
    expect([values.slice(0, 2), values.length, skipped]).toEqual([[1, 2], 3, 1]);
  });

  test('are counted anew each time', async () => {
    const { lines, skipped } = countedLines(() => contentOfBytes(Buffer.from('?\n1')), { origin: 'x' }, jsonLineReader);
    const values: JsonValue[] = [];
    for await (const value of lines()) values.push(value);
    for await (const value of lines()) values.push(value);
    expect([values, skipped()]).toEqual([[1, 1], 1]);
  });
});

describe('a compressed file that is not whole', () => {
  const packed = gzipSync(manyText);
  const behind = Buffer.concat([packed, gzipSync('"more"')]);

  test.each([
    ['is cut off', packed.subarray(0, packed.length >> 1), /cut off/],
    ['lacks its checksum', packed.subarray(0, -4), /cut off/],
    ['has another checksum', changed(packed, packed.length - 6), /damaged/],
    ['is damaged in the middle', changed(packed, packed.length >> 1), /damaged/],
    ['has a second member that does not begin as one', changed(behind, packed.length, 0), /damaged/],
    ['has a second member that begins otherwise', changed(behind, packed.length, 0x50), /damaged/],
    ['is followed by something', Buffer.concat([packed, Buffer.from('PK and more')]), /damaged/],
    [
      'is followed by zeros and then something',
      Buffer.concat([packed, Buffer.alloc(50_000), Buffer.from('x')]),
      /damaged/,
    ],
  ])('%s: gives the lines before that, and an error', async (_what, bytes, expected) => {
    const { values, error } = await linesOf(bytes);
    const { code, text } = await failureOf(() => {
      throw error;
    });
    expect(code).toBe('file-unreadable');
    expect(text.en).toMatch(expected);
    expect(text.en).toContain('x.jsonl');
    expect(values.length).toBeGreaterThan(5000);
    expect(values.slice(0, 5000)).toEqual(many.slice(0, 5000));
  });

  test('unpacks to more than it may', async () => {
    const { values, error } = await linesOf(packed, { ...usualLineLimits, all: manyText.length - 1 });
    expect(values.length).toBeGreaterThan(5000);
    const { text } = await failureOf(() => {
      throw error;
    });
    expect(text.en).toContain('unpacks to more than');
  });
});

function changed(bytes: Buffer, at: number, byte = (bytes[at] ?? 0) ^ 0xff): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = byte;
  return copy;
}

describe('whatever bytes there are', () => {
  test('values or an error come of them', async () => {
    const starts = constantFrom(Buffer.alloc(0), gzipSync('1\n2\n').subarray(0, 10), gzipSync('[1]\n'));
    await assert(
      asyncProperty(starts, uint8Array({ maxLength: 200 }), async (start, bytes) => {
        const { error } = await linesOf(Buffer.concat([start, bytes]));
        expect(error === undefined || error instanceof PlimsollError).toBe(true);
      }),
    );
  });

  test('one wrong bit in a compressed file is an error, or says the same', async () => {
    const text = Buffer.from(
      many
        .slice(0, 30)
        .map((each) => JSON.stringify(each))
        .join('\n'),
    );
    const packed = gzipSync(text);
    await assert(
      asyncProperty(nat(packed.length - 1), integer({ min: 0, max: 7 }), async (at, bit) => {
        // Without its beginning it is not taken for compressed, and has no line of JSON.
        const expected = at < 2 ? [] : many.slice(0, 30);
        const { values, error } = await linesOf(changed(packed, at, (packed[at] ?? 0) ^ (1 << bit)));
        expect(error === undefined ? values : expected).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('lines of any length are the same however they are packed', async () => {
    await assert(
      asyncProperty(array(string({ maxLength: 100_000 }), { maxLength: 10 }), boolean(), async (texts, isPacked) => {
        const bytes = Buffer.from(texts.map((each) => JSON.stringify(each.toWellFormed())).join('\n'));
        const { values } = await linesOf(isPacked ? gzipSync(bytes) : bytes);
        expect(values).toEqual(texts.map((each) => each.toWellFormed()));
      }),
      { numRuns: 50 },
    );
  });
});

function rows(text: string, name = 'epss_scores-current.csv.gz'): Promise<ReadLines> {
  return linesOf(Buffer.from(text), undefined, () => epssLineReader(name));
}

describe('rows of EPSS', () => {
  test('have the day of the comment', async () => {
    const text =
      '#model_version:v2025.03.14,score_date:2025-08-25T12:55:00Z\ncve,epss,percentile\nCVE-1999-0001,0.01025,0.76401\nCVE-2021-44228,0.94358,0.99957\n';
    expect(await rows(text)).toEqual({
      values: [
        { cve: 'CVE-1999-0001', epss: 0.010_25, percentile: 0.764_01, date: '2025-08-25' },
        { cve: 'CVE-2021-44228', epss: 0.943_58, percentile: 0.999_57, date: '2025-08-25' },
      ],
      skipped: 0,
    });
  });

  test('may have other columns, and the day in the name of the file', async () => {
    expect(await rows('percentile,other,cve,epss\n0.5,x,CVE-2020-0001,1.0e-05', 'epss_scores-2021-04-14.csv')).toEqual({
      values: [{ cve: 'CVE-2020-0001', epss: 0.000_01, percentile: 0.5, date: '2021-04-14' }],
      skipped: 0,
    });
    expect(await rows('cve,epss\nCVE-2020-0001,0.5')).toEqual({
      values: [{ cve: 'CVE-2020-0001', epss: 0.5 }],
      skipped: 0,
    });
  });

  test('are left out where they are none', async () => {
    const odd = [
      'CVE-2020-0001,1.5,0.1',
      'CVE-2020-0001,,0.1',
      'CVE-20-1,0.5,0.1',
      'GHSA-x,0.5,0.1',
      'CVE-2020-0001,NaN,1',
      '<html>',
    ];
    expect(await rows(odd.join('\n'))).toEqual({ values: [], skipped: odd.length });
  });
});
