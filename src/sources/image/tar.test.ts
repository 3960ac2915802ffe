import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  string,
  tuple,
  uint8Array,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rememberingVisitor, type ShownLayer, shownFromFile, shownFromStream } from '../../../test/shown-layer.ts';
import {
  header,
  memberBytes,
  paxHeader,
  paxRecords,
  sparseForms,
  tarFormats,
  tarOf,
  type WrittenMember,
} from '../../../test/tar-writer.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { UnreadableFact } from '../../model/fact.ts';
import type { FileEntry, Interest, LayerVisitor } from '../../model/file-tree.ts';
import { showStream } from './tar-stream.ts';

/** What both ways show; a test fails where they differ. */
async function shown(
  archive: Buffer,
  ...more: Parameters<typeof shownFromFile> extends [Buffer, ...infer R] ? R : never
): Promise<ShownLayer> {
  const fromFile = await shownFromFile(archive, ...more);
  const fromStream = await shownFromStream(archive, more[0]);
  expect(fromStream.log).toEqual(fromFile.log);
  return fromFile;
}

const long = `${'folder/'.repeat(30)}name`;

describe('every format says the same', () => {
  test.each(tarFormats)('%s', async (format) => {
    const plain = { format, mode: 0o4755, uid: 1000, gid: 50, modified: 1_700_000_000 };
    const { entries, contents, gaps } = await shown(
      tarOf([
        { ...plain, path: 'usr/', type: '5', mode: 0o755 },
        { ...plain, path: './usr/bin/env', content: 'program' },
        { ...plain, path: '/usr/bin/link', type: '2', link: '../../bin/env' },
        { ...plain, path: 'usr/bin/hard', type: '1', link: './usr/bin/env' },
        { ...plain, path: 'run/pipe', type: '6' },
        { ...plain, path: 'dev/null', type: '3', major: 1, minor: 3 },
      ]),
    );
    const rest = { mode: 0o4755, uid: 1000, gid: 50, modified: 1_700_000_000_000 };
    // The oldest format has no numbers of devices: without any it would be a mark of removal.
    const device = format === 'v7' ? [] : [{ ...rest, path: 'dev/null', kind: 'device', size: 0 }];
    expect(entries).toEqual([
      { ...rest, path: 'usr', kind: 'folder', size: 0, mode: 0o755 },
      { ...rest, path: 'usr/bin/env', kind: 'file', size: 7 },
      { ...rest, path: 'usr/bin/link', kind: 'symbolic-link', size: 0, target: '../../bin/env' },
      { ...rest, path: 'usr/bin/hard', kind: 'hard-link', size: 0, target: 'usr/bin/env' },
      { ...rest, path: 'run/pipe', kind: 'pipe', size: 0 },
      ...device,
    ]);
    expect(contents).toEqual(new Map([['usr/bin/env', Buffer.from('program')]]));
    expect(gaps).toEqual([]);
  });

  test.each(['gnu', 'pax'] as const)('%s: long names, large numbers', async (format) => {
    const { entries, gaps } = await shown(
      tarOf([
        { format, path: long, content: 'x', uid: 2 ** 31, gid: 2 ** 40 },
        { format, path: `${long}2`, type: '2', link: `/${long}` },
        { format, path: 'short', content: 'y' },
      ]),
    );
    expect(entries).toMatchObject([
      { path: long, uid: 2 ** 31, gid: 2 ** 40, size: 1 },
      { path: `${long}2`, target: `/${long}` },
      { path: 'short', uid: 0 },
    ]);
    expect(gaps).toEqual([]);
  });

  test('the prefix of ustar, and that of star', async () => {
    const { entries } = await shown(
      Buffer.concat([
        header({ path: 'name', format: 'ustar' }, 0, (block) => block.write('a/'.repeat(70).slice(0, 139), 345)),
        header({ path: 'name', format: 'ustar' }, 0, (block) => {
          block.write('star', 345);
          block.write('notpartofit', 345 + 131);
          block.write('tar\0', 508);
        }),
        Buffer.alloc(1024),
      ]),
    );
    expect(entries.map(({ path }) => path)).toEqual([`${'a/'.repeat(70)}name`, 'star/name']);
  });

  test('a folder of the oldest archives is a name with a slash', async () => {
    const { entries } = await shown(
      tarOf([
        { path: 'old/', type: '\0', format: 'v7' },
        { path: 'new', type: '\0', format: 'v7', content: 'x' },
      ]),
    );
    expect(entries).toMatchObject([
      { path: 'old', kind: 'folder' },
      { path: 'new', kind: 'file', size: 1 },
    ]);
  });

  test('names are bytes', async () => {
    const { entries } = await shown(
      Buffer.concat([
        header({ path: 'caf.' }, 0, (block) => block.write('caf\xe9', 0, 'latin1')),
        header({ path: 'café' }, 0),
        Buffer.alloc(1024),
      ]),
    );
    expect(entries.map(({ path }) => path)).toEqual(['caf\udce9', 'café']);
  });
});

describe('records of pax', () => {
  test('say more than the header', async () => {
    const capability = Buffer.from('0100000200200000000000000000000000000000', 'hex');
    const { entries } = await shown(
      tarOf([
        {
          path: 'x',
          content: 'x',
          records: {
            path: 'usr/bin/ping',
            uid: '7',
            mtime: '1700000000.5',
            'SCHILY.xattr.security.capability': capability,
            comment: 'a\nb=c',
          },
        },
        { path: 'y' },
      ]),
    );
    expect(entries).toMatchObject([
      { path: 'usr/bin/ping', uid: 7, modified: 1_700_000_000_500, capability: capability.toString('hex') },
      { path: 'y', uid: 0 },
    ]);
    expect(entries[1]).not.toHaveProperty('capability');
  });

  test('the last of a key counts, an empty one says nothing, and a size is that of the content', async () => {
    const records = paxRecords([
      ['path', 'first'],
      ['path', 'second'],
      ['linkpath', ''],
      ['size', '3'],
    ]);
    const { entries, contents } = await shown(
      Buffer.concat([
        ...paxHeader(records),
        header({ path: 'x' }, 0),
        Buffer.from('abc'),
        Buffer.alloc(509),
        ...[{ path: 'z' }].map(memberBytes),
        Buffer.alloc(1024),
      ]),
    );
    expect(entries).toMatchObject([{ path: 'second', size: 3 }, { path: 'z' }]);
    expect(contents.get('second')?.toString()).toBe('abc');
  });

  test('for the whole archive change nothing, as engines have it', async () => {
    const { entries, gaps } = await shown(
      Buffer.concat([...paxHeader(paxRecords([['path', 'hidden']]), 'g'), tarOf([{ path: 'seen' }])]),
    );
    expect(entries.map(({ path }) => path)).toEqual(['seen']);
    expect(gaps).toEqual([]);
  });

  test.each([
    ['no length', Buffer.from('path=x\n')],
    ['a length that is too large', Buffer.from('99 path=x\n')],
    ['no line feed', Buffer.from('9 path=xy')],
    ['no key', Buffer.from('6 =ab\n')],
    ['an odd number', paxRecords([['size', '-']])],
    ['a NUL in a name', paxRecords([['path', 'a\0b']])],
  ])('%s: the entry is left out, and the next one is there', async (_, records) => {
    const { entries, gaps } = await shown(
      Buffer.concat([...paxHeader(records), tarOf([{ path: 'a' }, { path: 'b' }])]),
    );
    expect(entries.map(({ path }) => path)).toEqual(['b']);
    expect(gaps).toMatchObject([{ path: '/a' }]);
  });

  test('more of them than engines take', async () => {
    const records = paxRecords([['comment', 'x'.repeat(2 ** 20)]]);
    const { entries, gaps } = await shown(
      Buffer.concat([...paxHeader(records), tarOf([{ path: 'a' }, { path: 'b' }])]),
    );
    expect(entries.map(({ path }) => path)).toEqual(['b']);
    expect(gaps.map(({ path }) => path)).toEqual(['/', '/a']);
  });
});

describe('files with holes', () => {
  const parts = [
    [0, 5],
    [1000, 3],
    [5000, 0],
    [8192, 600],
    [9000, 1],
    [9100, 2],
    [9500, 500],
  ] as const;
  const content = Buffer.from(Array.from({ length: 1111 }, (_, index) => (index % 250) + 1));
  const whole = Buffer.alloc(10_000);
  let done = 0;
  for (const [offset, length] of parts) {
    content.copy(whole, offset, done, done + length);
    done += length;
  }

  test.each(sparseForms)('of the format %s', async (sparse) => {
    const { entries, contents, heads, gaps } = await shown(
      tarOf([
        { path: 'var/log/lastlog', content, sparse, holes: { size: 10_000, parts } },
        { path: 'next', content: 'x' },
      ]),
    );
    expect(entries).toMatchObject([{ path: 'var/log/lastlog', size: 10_000 }, { path: 'next' }]);
    expect(contents.get('var/log/lastlog')?.equals(whole)).toBe(true);
    expect(heads.size).toBe(0);
    expect(gaps).toEqual([]);
  });

  test.each(sparseForms)('of 100 GB cost nothing: %s', async (sparse) => {
    const size = 100e9;
    const archive = tarOf([{ path: 'huge', content: 'end', sparse, holes: { size, parts: [[size - 3, 3]] }, mode: 1 }]);
    const peeked = await shown(archive, () => 'peek');
    expect(peeked.entries).toMatchObject([{ path: 'huge', size }]);
    expect(peeked.heads.get('huge')?.equals(Buffer.alloc(4096))).toBe(true);
    expect(peeked.gaps).toEqual([]);
    // Handing it out would have somebody read 100 GB of zeros.
    expect((await shown(archive)).gaps).toMatchObject([{ path: '/huge' }]);
    await shownFromFile(archive, undefined, (source) => {
      expect(
        source
          .open?.('huge')
          ?.read(size - 4, 100)
          .toString('latin1'),
      ).toBe('\0end');
    });
  });

  test.each([
    [
      'parts that overlap',
      10,
      [
        [0, 2],
        [1, 1],
      ],
    ],
    ['parts behind the end', 2, [[1, 2]]],
    ['more than is stored', 100, [[0, 50]]],
  ] as const)('%s: left out, and the next entry is there', async (_, size, bad) => {
    for (const sparse of sparseForms) {
      const { entries, gaps } = await shown(
        tarOf([{ path: 'bad', content: 'abc', sparse, holes: { size, parts: bad } }, { path: 'next' }]),
      );
      expect(entries.map(({ path }) => path)).toEqual(['next']);
      expect(gaps).toMatchObject([{ path: '/bad' }]);
    }
  });
});

describe('marks of what was removed', () => {
  test('are no entries', async () => {
    const { entries, removed, opaque, gaps } = await shown(
      tarOf([
        { path: 'etc/.wh.motd' },
        { path: '.wh.boot' },
        { path: 'srv/.wh..wh..opq' },
        { path: '.wh..wh..opq' },
        { path: '.wh..wh.plnk/1.2', content: 'x' },
        { path: 'a/.wh..wh.aufs' },
        { path: 'usr/.wh.', content: '' },
        { path: 'usr/.wh...' },
      ]),
    );
    expect(entries).toEqual([]);
    expect(removed).toEqual(['etc/motd', 'boot']);
    expect(opaque).toEqual(['srv', '']);
    expect(gaps.map(({ path }) => path)).toEqual(['/usr/.wh.', '/usr/.wh...']);
  });
});

describe('paths stay inside', () => {
  test.each([
    ['/etc//./passwd', 'etc/passwd'],
    ['a/../etc/passwd', 'etc/passwd'],
    ['a/b/../..//c/', 'c'],
    ['..a/b..', '..a/b..'],
  ])('%s is %s', async (path, clean) => {
    expect((await shown(tarOf([{ path }]))).entries).toMatchObject([{ path: clean }]);
  });

  test.each([['../etc/passwd'], ['a/../../b'], ['/..'], ['x'.repeat(4097)], ['/'], ['']])(
    'what leads out or nowhere is left out and said so: %#',
    async (path) => {
      const { entries, gaps } = await shown(tarOf([{ path, content: 'x' }, { path: 'next' }]));
      expect(entries.map((each) => each.path)).toEqual(['next']);
      expect(gaps).toHaveLength(1);
      expect(gaps[0]?.path.length).toBeLessThan(400);
    },
  );

  test('a hard link that leads out is left out; a symbolic link stays as written', async () => {
    const { entries, gaps } = await shown(
      tarOf([
        { path: 'out', type: '1', link: '../../etc/shadow' },
        { path: 'nowhere', type: '1' },
        { path: 'link', type: '2', link: '../../../etc/shadow' },
      ]),
    );
    expect(entries).toMatchObject([{ path: 'link', target: '../../../etc/shadow' }]);
    expect(gaps.map(({ path }) => path)).toEqual(['/out', '/nowhere']);
  });

  test('the root itself is none of its entries', async () => {
    expect(await shown(tarOf([{ path: './', type: '5' }]))).toMatchObject({ entries: [], gaps: [] });
  });
});

describe('what is damaged', () => {
  const archive = tarOf([
    { path: 'a', content: 'first' },
    { path: long, content: 'x'.repeat(3000) },
    { path: 'b', content: 'last' },
  ]);

  test('cut off at any place: what was before is there, and the place is named', async () => {
    for (let length = 0; length <= archive.length; length += 64) {
      const { entries, contents, gaps } = await shown(archive.subarray(0, length));
      for (const [path, content] of contents)
        expect(content.length).toBe(entries.find((each) => each.path === path)?.size);
      // The second of the two blocks at the end says nothing that the first has not said.
      const isEnded = length >= archive.length - 512;
      const places = gaps.map(({ reason }) => /^byte \d+:/.exec(reason.en)?.[0]);
      expect(places).toEqual(isEnded ? [] : [`byte ${length}:`]);
      expect(gaps[0]?.reason.zh ?? '字').toMatch(/\p{Script=Han}/u);
    }
  });

  test('a header with a wrong checksum ends it', async () => {
    const flipped = Buffer.from(archive);
    flipped[1024] = (flipped[1024] ?? 0) ^ 1;
    const { entries, gaps } = await shown(flipped);
    expect(entries.map(({ path }) => path)).toEqual(['a']);
    expect(gaps[0]?.reason.en).toContain('byte 1024:');
  });

  test('a checksum of signed bytes holds', async () => {
    const signed = header({ path: 'é' }, 0);
    const sum = [...signed].reduce(
      (total, byte, index) => total + (index >= 148 && index < 156 ? 32 : (byte << 24) >> 24),
      0,
    );
    signed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect((await shown(Buffer.concat([signed, Buffer.alloc(1024)]))).entries).toMatchObject([{ path: 'é' }]);
  });

  test.each([
    ['negative', Buffer.alloc(12, 0xff)],
    ['beyond all files', Buffer.from('800000007fffffffffffffff', 'hex')],
    ['no number', Buffer.from('99999999999\0')],
  ])('a size that is %s', async (_, sizeField) => {
    const { entries, gaps } = await shown(tarOf([{ path: 'a' }, { path: 'b', sizeField }, { path: 'c' }]));
    expect(entries.map(({ path }) => path)).toEqual(['a']);
    expect(gaps[0]?.reason.en).toContain('byte 512:');
  });

  test('a huge size is a content that is cut off', async () => {
    const { entries, contents, gaps } = await shown(
      tarOf([{ path: 'a', sizeField: Buffer.from('77777777777\0') }, { path: 'c' }]),
    );
    expect(entries).toMatchObject([{ path: 'a', size: 0o77777777777 }]);
    expect(contents.size).toBe(0);
    expect(gaps).toHaveLength(1);
  });

  test('one zero block and then another header', async () => {
    const { entries, gaps } = await shown(
      Buffer.concat([memberBytes({ path: 'a' }), Buffer.alloc(512), tarOf([{ path: 'b' }])]),
    );
    expect(entries.map(({ path }) => path)).toEqual(['a']);
    expect(gaps[0]?.reason.en).toContain('byte 1024:');
  });

  test('what stands behind the end is not looked at', async () => {
    expect(await shown(Buffer.concat([tarOf([{ path: 'a' }]), Buffer.from('anything at all')]))).toMatchObject({
      entries: [{ path: 'a' }],
      gaps: [],
    });
  });

  test('kinds that no engine unpacks are named and passed over', async () => {
    const { entries, gaps } = await shown(tarOf([{ path: 'volume', type: 'V', content: 'x' }, { path: 'b' }]));
    expect(entries.map(({ path }) => path)).toEqual(['b']);
    expect(gaps).toMatchObject([{ path: '/volume' }]);
  });

  test('a size of a link or a folder stands for nothing', async () => {
    const size = Buffer.from('00000001000\0');
    const { entries, gaps } = await shown(
      tarOf([
        { path: 'a', type: '2', link: 'x', sizeField: size },
        { path: 'b', type: '5', sizeField: size },
        { path: 'c' },
      ]),
    );
    expect(entries.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect(gaps).toEqual([]);
  });

  test('of thousands that are left out the first are named and the others counted', async () => {
    const { gaps } = await shown(tarOf(Array.from({ length: 1000 }, (_, index) => ({ path: `../${index}` }))));
    expect(gaps).toHaveLength(101);
    expect(gaps.at(-1)?.reason.en).toContain('900 more');
  });

  test('more than a million entries: one gap, and the rest is not read', async () => {
    const chunk = Buffer.concat(Array.from({ length: 10_000 }, () => header({ path: 'x' }, 0)));
    async function* headers() {
      for (let count = 0; count < 102; count += 1) yield await Promise.resolve(chunk);
    }
    let entries = 0;
    const gaps: UnreadableFact[] = [];
    const visitor: LayerVisitor = {
      ...rememberingVisitor().visitor,
      entry: () => {
        entries += 1;
        return 'skip';
      },
      gap: (gap) => gaps.push(gap),
    };
    await showStream(headers(), visitor, { spool: 'unused', isVerified: false });
    expect(entries).toBe(1_000_000);
    expect(gaps).toMatchObject([{ path: '/', reason: { en: expect.stringContaining('1000000') as string } }]);
  });
});

function wantedByName({ path }: FileEntry): Interest {
  if (path === 'skipped') return 'skip';
  return path.startsWith('big') ? 'peek' : 'read';
}

describe('contents', () => {
  const big = Buffer.alloc(3 * 1024 ** 2, 'abcdefg');
  const archive = tarOf([
    { path: 'small', content: 'small' },
    { path: 'none', content: '' },
    { path: 'big', content: big },
    { path: 'big-unwanted', content: big, mode: 1 },
    { path: 'skipped', content: big },
    { path: 'last', content: 'end' },
  ]);

  test('small ones, large ones, and those of which the beginning was enough', async () => {
    for (const size of [1000, 65_536, 2 ** 24]) {
      const { contents, heads, gaps } = await shownFromStream(archive, wantedByName, size);
      expect([...contents.keys()]).toEqual(['small', 'none', 'big', 'last']);
      expect(contents.get('big')?.equals(big.subarray(0, 65_536))).toBe(true);
      expect(heads.get('big-unwanted')?.equals(big.subarray(0, 4096))).toBe(true);
      expect(gaps).toEqual([]);
    }
    await shown(archive, wantedByName);
  });

  test('by path, without reading the layer again', async () => {
    const members: WrittenMember[] = [
      { path: 'a', content: 'old' },
      { path: 'hard', type: '1', link: 'a' },
      { path: './harder', type: '1', link: '/hard' },
      { path: 'a', content: 'new' },
      { path: 'b', type: '2', link: 'a' },
      { path: 'loop', type: '1', link: 'loop' },
      { path: 'folder', type: '5' },
      { path: long, format: 'gnu', content: 'long' },
    ];
    await shownFromFile(tarOf(members), undefined, (source) => {
      const at = (path: string) => source.open?.(path)?.read(0, 100).toString();
      expect(at('a')).toBe('new');
      // A link leads to what stood there when it was made.
      expect(at('hard')).toBe('old');
      expect(at('harder')).toBe('old');
      expect(at(long)).toBe('long');
      for (const path of ['b', 'loop', 'folder', 'missing', '']) expect(at(path)).toBeUndefined();
    });
  });
});

const anyMember = record(
  {
    path: oneof(string({ minLength: 1, maxLength: 20 }), string({ minLength: 100, maxLength: 300, unit: 'grapheme' })),
    type: constantFrom('0', '\0', '1', '2', '3', '5', '6', '7'),
    content: uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
    link: string({ maxLength: 150 }),
    mode: nat(0o7777),
    uid: nat(2 ** 31),
    format: constantFrom(...tarFormats),
  },
  { requiredKeys: ['path'] },
);

/** A folder of the oldest archives is a file whose name ends with a slash, as far as there is room for the name. */
function isStored({ path, type = '0', format }: WrittenMember): boolean {
  const isCut = format === 'v7' || format === 'ustar';
  const written = Buffer.from(path).subarray(0, isCut ? 100 : undefined);
  return type === '\0' ? written.at(-1) !== 0x2f : '07'.includes(type);
}

function wantedByMode({ mode }: FileEntry): Interest {
  return (['skip', 'peek', 'read'] as const)[mode % 3] ?? 'skip';
}

test('whatever is written is read, both ways the same', async () => {
  const cutAtSlash = { path: `${'a'.repeat(99)}/b`, type: '\0', content: Buffer.of(0), format: 'v7' } as const;
  await assert(
    asyncProperty(array(anyMember, { maxLength: 12 }), integer({ min: 1, max: 3000 }), async (members, chunk) => {
      const archive = tarOf(members.map((each) => ({ ...each, content: isStored(each) ? (each.content ?? '') : '' })));
      const fromFile = await shownFromFile(archive, wantedByMode);
      expect((await shownFromStream(archive, wantedByMode, chunk)).log).toEqual(fromFile.log);
      // Nothing of it is damaged.
      expect(fromFile.gaps.filter(({ reason }) => reason.en.startsWith('byte'))).toEqual([]);
    }),
    { numRuns: 300, examples: [[[cutAtSlash], 1]] },
  );
});

test('reads whatever bytes it is given', async () => {
  const archive = tarOf([
    { path: 'a', content: 'first' },
    { path: long, content: 'second', format: 'gnu' },
    { path: long, records: { 'SCHILY.xattr.security.capability': 'x' } },
    ...sparseForms.map((sparse) => ({
      path: sparse,
      content: 'abc',
      sparse,
      holes: { size: 900, parts: [[7, 3]] as const },
    })),
  ]);
  await assert(
    asyncProperty(array(tuple(nat(archive.length - 1), nat(255)), { maxLength: 4 }), async (flips) => {
      const damaged = Buffer.from(archive);
      for (const [place, value] of flips) damaged[place] = value;
      const fromFile = await shownFromFile(damaged);
      expect((await shownFromStream(damaged, undefined, 700)).log).toEqual(fromFile.log);
    }),
    { numRuns: 400 },
  );
  await assert(
    asyncProperty(uint8Array({ maxLength: 3000 }), async (bytes) => {
      await shown(Buffer.from(bytes));
    }),
    { numRuns: 200 },
  );
});

const tarProgram = ['/usr/bin/tar', '/bin/tar'].find((path) => existsSync(path));

test.skipIf(tarProgram === undefined).each(['v7', 'ustar', 'oldgnu', 'gnu', 'pax'])(
  'reads what GNU tar writes as %s (needs tar)',
  async (format) => {
    using folder = temporaryFolder({ 'a/one.txt': 'one', 'a/b/two.txt': 'two'.repeat(1000) });
    const deep = 'x'.repeat(90);
    if (format !== 'v7' && format !== 'ustar') folder.write(`a/${deep}/${deep}/${deep}`, 'deep');
    const sparse = join(folder.path, 'a/sparse');
    execFileSync('truncate', ['--size=5M', sparse]);
    writeFileSync(sparse, 'written', { flag: 'r+' });
    execFileSync('ln', ['-s', '../one.txt', join(folder.path, 'a/b/soft')]);
    execFileSync('ln', [join(folder.path, 'a/one.txt'), join(folder.path, 'a/z-hard')]);
    const options = [
      `--format=${format}`,
      '--sort=name',
      ...(format === 'v7' || format === 'ustar' ? [] : ['--sparse']),
    ];
    const archive = execFileSync(tarProgram ?? '', ['-C', folder.path, ...options, '-c', 'a'], { maxBuffer: 2 ** 26 });
    const { entries, contents, gaps } = await shown(archive);
    expect(gaps).toEqual([]);
    for (const { path, mode } of entries) expect(mode).toBe(lstatSync(join(folder.path, path)).mode & 0o7777);
    for (const { path, size } of entries.filter(({ kind }) => kind === 'file')) {
      const whole = readFileSync(join(folder.path, path));
      expect(size).toBe(whole.length);
      expect(contents.get(path)?.equals(whole.subarray(0, 65_536))).toBe(true);
    }
    const kinds = new Map(entries.map(({ path, kind }) => [path, kind]));
    expect(kinds.get('a/b/soft')).toBe('symbolic-link');
    expect(kinds.get('a/z-hard')).toBe('hard-link');
    expect(kinds.get('a')).toBe('folder');
  },
);
