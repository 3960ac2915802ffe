import { crc32, constants, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { array, assert, asyncProperty, constantFrom, integer, nat, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '../../../test/shown-layer.ts';
import { compressionOf, decompressed, type DecompressionOptions } from './decompress.ts';
import { DamagedStream } from './decompress-damage.ts';

async function unpacked(bytes: Buffer, chunkSize?: number, options?: DecompressionOptions) {
  const parts: Buffer[] = [];
  const rests: string[] = [];
  const onRest: DecompressionOptions['onRest'] = ({ en }) => rests.push(en);
  try {
    for await (const chunk of decompressed(chunksOf(bytes, chunkSize), { onRest, ...options })) {
      parts.push(Buffer.from(chunk));
    }
    return { text: Buffer.concat(parts).toString('latin1'), rests };
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error;
    return { text: Buffer.concat(parts).toString('latin1'), rests, damage: error.reason.en, zh: error.reason.zh };
  }
}

/** A member with every field that a header can have. */
function richMember(content: string): Buffer {
  const bytes = Buffer.from(content);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3]),
    Buffer.from([4, 0]),
    Buffer.from('abcd'),
    Buffer.from('name.tar\0a comment\0'),
    Buffer.from([1, 2]),
    deflateRawSync(bytes),
    trailer,
  ]);
}

const skippable = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]), Buffer.from('skip')]);
const [one, two] = ['first '.repeat(1000), 'second '.repeat(1000)];
const checked = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

test.each([
  ['gzip', gzipSync('x')],
  ['zstd', zstdCompressSync('x')],
  ['zstd', skippable],
  ['bzip2', Buffer.from('BZh91AY&SY')],
  ['xz', Buffer.from('fd377a585a0000', 'hex')],
  ['none', Buffer.from('etc/passwd')],
  ['none', Buffer.alloc(0)],
])('%s is told by its beginning', (name, bytes) => {
  expect(compressionOf(bytes)).toBe(name);
});

describe('everything is read, however it comes', () => {
  test.each([
    ['nothing', Buffer.alloc(0), ''],
    ['plain', Buffer.from(one), one],
    ['gzip', gzipSync(one), one],
    ['gzip of nothing', gzipSync(''), ''],
    ['gzip in members', Buffer.concat([gzipSync(one), gzipSync(two), gzipSync(''), gzipSync(one)]), one + two + one],
    ['gzip with every field', Buffer.concat([richMember(one), richMember(two)]), one + two],
    ['gzip and filling', Buffer.concat([gzipSync(one), Buffer.alloc(700)]), one],
    ['zstd', zstdCompressSync(one), one],
    ['zstd in frames', Buffer.concat([zstdCompressSync(one), zstdCompressSync(two, checked)]), one + two],
    [
      'zstd with what is to be skipped',
      Buffer.concat([skippable, zstdCompressSync(one), skippable, zstdCompressSync(two), skippable]),
      one + two,
    ],
  ])('%s', async (_, bytes, text) => {
    for (const size of [1, 2, 7, 20, 1000, 65_536]) {
      expect(await unpacked(bytes, size)).toEqual({ text, rests: [] });
    }
  });

  test('thousands of small members', async () => {
    const count = 5000;
    const text = Array.from({ length: count }, (_, index) => `file ${index}\n`);
    for (const compress of [gzipSync, zstdCompressSync]) {
      const bytes = Buffer.concat(text.map((each) => compress(each)));
      expect((await unpacked(bytes)).text).toBe(text.join(''));
    }
  });
});

describe('what is damaged', () => {
  test.each([
    ['gzip', gzipSync(one)],
    ['zstd', zstdCompressSync(one, checked)],
  ])('%s, cut off anywhere', async (_, bytes) => {
    for (let length = 8; length < bytes.length; length += 1) {
      const { text, damage, zh } = await unpacked(bytes.subarray(0, length));
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(one.startsWith(text)).toBe(true);
      expect(damage).toMatch(/^byte \d+ of what is compressed: it is (?:cut off|damaged)$/);
    }
  });

  test.each([
    ['gzip', Buffer.concat([gzipSync(one), gzipSync(two)])],
    ['zstd', Buffer.concat([zstdCompressSync(one, checked), zstdCompressSync(two, checked)])],
  ])('%s, with bits flipped: it is never taken for whole', async (name, bytes) => {
    await assert(
      asyncProperty(nat(bytes.length * 8 - 1), integer({ min: 1, max: 100_000 }), async (bit, size) => {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const { text, rests, damage } = await unpacked(flipped, size);
        // Times, names and flags of a header, and the magic of a member: what is no member is something else behind the first one.
        const seemsWhole = damage === undefined && rests.length === 0 && compressionOf(flipped) === name;
        expect(seemsWhole ? text : one + two).toBe(one + two);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['gzip', gzipSync(one)],
    ['zstd', zstdCompressSync(one)],
  ])('%s with garbage behind it is read, and the garbage is named', async (_, bytes) => {
    for (const size of [bytes.length, 65_536]) {
      const { text, rests, damage } = await unpacked(Buffer.concat([bytes, Buffer.from('garbage')]), size);
      expect(text).toBe(one);
      expect(rests).toEqual([expect.stringContaining(`byte ${bytes.length} on`)]);
      expect(damage).toBeUndefined();
    }
    // Byte by byte a decoder has taken some before it sees what they are.
    expect(await unpacked(Buffer.concat([bytes, Buffer.from('garbage')]), 1)).toMatchObject({
      text: one,
      rests: { length: 1 },
    });
  });

  test.each([
    ['bzip2', Buffer.from('BZh91AY&SY')],
    ['xz', Buffer.from('fd377a585a000004', 'hex')],
  ])('%s is named as not read', async (name, bytes) => {
    expect((await unpacked(bytes)).damage).toBe(`it is compressed with ${name}, which is not read`);
  });

  test('reads whatever bytes it is given', async () => {
    const heads = [
      gzipSync('').subarray(0, 10),
      gzipSync('').subarray(0, 3),
      zstdCompressSync('x').subarray(0, 5),
      skippable.subarray(0, 4),
    ];
    await assert(
      asyncProperty(constantFrom(...heads), uint8Array({ maxLength: 400 }), async (head, bytes) => {
        await unpacked(Buffer.concat([head, bytes]), 64);
      }),
    );
  });
});

describe('bombs', () => {
  const zeros = Buffer.alloc(20 * 1024 ** 2);
  const limits = { most: 8 * 1024 ** 2, ratio: 200, ratioFrom: 1024 ** 2 };

  test.each([
    ['gzip', gzipSync(zeros)],
    ['zstd', zstdCompressSync(zeros)],
  ])('%s ends where it is more than its own size by far', async (_, bytes) => {
    const { text, damage } = await unpacked(bytes, undefined, { limits });
    expect(text.length).toBeLessThan(5 * 1024 ** 2);
    expect(damage).toContain('more than 200 times');
  });

  test('in thousands of small members', async () => {
    const member = gzipSync(Buffer.alloc(100_000));
    const { damage } = await unpacked(Buffer.concat(Array.from({ length: 200 }, () => member)), undefined, { limits });
    expect(damage).toContain('more than 200 times');
  });

  test('what is only large ends too', async () => {
    const { text, damage } = await unpacked(zeros, undefined, { limits });
    expect(text.length).toBeLessThanOrEqual(limits.most);
    expect(damage).toContain('unpacks to more than');
  });
});

test('who stops early ends what feeds it', async () => {
  let isEnded = false;
  async function* source() {
    try {
      for (;;) yield gzipSync(Buffer.alloc(100_000));
    } finally {
      isEnded = true;
    }
  }
  for await (const chunk of decompressed(source())) if (chunk.length > 0) break;
  expect(isEnded).toBe(true);
});

async function* breaking() {
  yield gzipSync(Buffer.alloc(1_000_000)).subarray(0, 100);
  throw new RangeError('gone');
}

async function sizeOf(chunks: AsyncIterable<Buffer>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.length;
  return size;
}

test('whatever the source throws arrives', async () => {
  await expect(sizeOf(decompressed(breaking()))).rejects.toThrow('gone');
});

test('any content in any pieces comes out as it was', async () => {
  await assert(
    asyncProperty(array(uint8Array({ maxLength: 300 })), integer({ min: 1, max: 500 }), async (parts, size) => {
      const whole = Buffer.concat(parts).toString('latin1');
      for (const compress of [gzipSync, zstdCompressSync]) {
        const bytes = Buffer.concat(parts.map((part) => compress(part)));
        expect((await unpacked(bytes, size)).text).toBe(whole);
      }
    }),
    { numRuns: 50 },
  );
});
