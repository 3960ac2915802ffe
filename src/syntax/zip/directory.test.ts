import { assert, nat, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../test/cataloged.ts';
import { zipArchive } from '../../../test/zip-archive.ts';
import { type ZipEntry, visitZipEntries, zipDirectory } from './directory.ts';
import { entryContent } from './entry-content.ts';

const entries = [
  { name: 'a.txt', content: 'first' },
  { name: 'folder/b.txt', content: 'second', isStored: true as const },
];

function entriesOf(bytes: Buffer): readonly ZipEntry[] {
  const content = contentOf(bytes);
  const directory = zipDirectory(content);
  const found: ZipEntry[] = [];
  if (directory) {
    visitZipEntries(content, directory, (entry) => {
      found.push(entry);
      return true;
    });
  }
  return found;
}

function textsIn(bytes: Buffer): readonly string[] {
  return entriesOf(bytes).map((entry) => {
    const { content, problem } = entryContent(contentOf(bytes), entry, 1000);
    return `${entry.name}: ${content ? content.read(0, 1000).toString() : problem}`;
  });
}

const texts = ['a.txt: first', 'folder/b.txt: second'];

describe('an archive', () => {
  test('tells its entries and their content', () => {
    expect(textsIn(zipArchive({ entries }))).toEqual(texts);
  });

  test('may have a comment, even one that looks like an end', () => {
    expect(textsIn(zipArchive({ entries, comment: 'x'.repeat(65_535) }))).toEqual(texts);
    expect(textsIn(zipArchive({ entries, comment: zipArchive({ entries: [] }).subarray(0, 20) }))).toEqual(texts);
  });

  test('may be followed by something, and begin with a script', () => {
    expect(textsIn(Buffer.concat([zipArchive({ entries }), Buffer.from('\n')]))).toEqual(texts);
    expect(textsIn(zipArchive({ entries, prefix: '#!/bin/sh\nexec java -jar "$0"\n' }))).toEqual(texts);
  });

  test('may have numbers of 64 bits', () => {
    expect(textsIn(zipArchive({ entries, isWide: true }))).toEqual(texts);
    expect(textsIn(zipArchive({ entries, isWide: true, prefix: 'MZ' }))).toEqual(texts);
  });

  test('may have many entries, and names of any length', () => {
    const isStored = true as const;
    const many = Array.from({ length: 3000 }, (_, index) => ({
      name: `${index}/${'n'.repeat(index % 300)}`,
      isStored,
    }));
    many.push({ name: 'l'.repeat(65_535), isStored });
    expect(entriesOf(zipArchive({ entries: many })).map(({ name }) => name)).toEqual(many.map(({ name }) => name));
  });

  test('that is empty or none has no entries', () => {
    expect(entriesOf(zipArchive({ entries: [] }))).toEqual([]);
    expect(zipDirectory(contentOf(Buffer.from('PK')))).toBeUndefined();
    expect(zipDirectory(contentOf(Buffer.alloc(0)))).toBeUndefined();
    expect(zipDirectory(contentOf(zipArchive({ entries }).subarray(0, -30)))).toBeUndefined();
  });

  test('whose table is damaged is read so far, and says so', () => {
    const bytes = zipArchive({ entries });
    const second = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes[second] = 0;
    const content = contentOf(bytes);
    const names: string[] = [];
    const isWhole = visitZipEntries(content, zipDirectory(content) ?? { offset: 0, size: 0, shift: 0 }, ({ name }) => {
      names.push(name);
      return true;
    });
    expect([names, isWhole]).toEqual([['a.txt'], false]);
  });
});

describe('an entry', () => {
  test.each([
    [{ name: 'x', content: 'x', isEncrypted: true as const }, 'encrypted'],
    [{ name: 'x', content: 'x', method: 93 }, 'unknown-compression'],
    [{ name: 'x', content: 'x', isDamaged: true as const }, 'damaged'],
    [{ name: 'x', content: Buffer.alloc(100, 7), isStored: true as const, method: 8 }, 'damaged'],
    [{ name: 'x', content: Buffer.alloc(1001) }, 'too-large'],
    // More than it says: a bomb.
    [{ name: 'x', content: Buffer.alloc(256 * 1024), claimedSize: 100 }, 'damaged'],
  ])('that cannot be had says why (%#)', (entry, problem) => {
    expect(textsIn(zipArchive({ entries: [entry] }))).toEqual([`x: ${problem}`]);
  });

  test('that says it is larger than it is costs no more than it is', () => {
    expect(textsIn(zipArchive({ entries: [{ name: 'x', content: 'x', claimedSize: 900 }] }))).toEqual(['x: x']);
  });

  test('that ends outside of the archive is damaged', () => {
    const bytes = zipArchive({ entries: [{ name: 'x', content: 'x', isStored: true }] });
    const [entry] = entriesOf(bytes);
    expect(entry && entryContent(contentOf(bytes), { ...entry, compressedSize: 10_000 }, 1000)).toMatchObject({
      problem: 'damaged',
    });
    expect(entry && entryContent(contentOf(bytes), { ...entry, offset: -5 }, 1000)).toMatchObject({
      problem: 'damaged',
    });
  });
});

test('reads whatever bytes it is given', () => {
  const good = [zipArchive({ entries }), zipArchive({ entries, isWide: true, comment: 'c' })];
  assert(
    property(nat(1), nat(), nat(255), nat(), uint8Array({ maxLength: 60 }), (which, place, byte, cut, rubbish) => {
      const bytes = Buffer.concat([good[which] ?? Buffer.alloc(0), rubbish]);
      bytes[place % bytes.length] = byte;
      textsIn(bytes);
      textsIn(bytes.subarray(cut % bytes.length));
      textsIn(Buffer.from(rubbish));
    }),
    { numRuns: 500 },
  );
});
