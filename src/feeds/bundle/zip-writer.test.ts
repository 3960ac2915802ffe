import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { array, asyncProperty, assert, boolean, record, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { contentOf } from '../../../test/cataloged.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { visitZipEntries, zipDirectory, type ZipEntry } from '../../syntax/zip/directory.ts';
import { entryContent } from '../../syntax/zip/entry-content.ts';
import { entryChecksum } from '../entry-checksum.ts';
import { crc32 } from 'node:zlib';
import { zipWriter } from './zip-writer.ts';

interface Given {
  readonly content: Uint8Array;
  readonly isDeflated: boolean;
}

const hasPython = spawnSync('python3', ['--version']).status === 0;
const time = new Date(Date.UTC(2026, 10, 22, 17, 30, 8));

async function written(entries: readonly Given[]): Promise<Buffer> {
  using folder = temporaryFolder();
  const file = folder.write('a.zip', '');
  const descriptor = openSync(file, 'r+');
  const writer = zipWriter(descriptor, time);
  for (const [index, { content, isDeflated }] of entries.entries()) {
    await writer.add(`${index}.bin`, piecesOf(Buffer.from(content)), isDeflated ? 'deflated' : 'stored');
  }
  writer.end();
  closeSync(descriptor);
  return readFileSync(file);
}

/** Each piece is written over by the next one, as that of a file is. */
function* piecesOf(bytes: Buffer): Generator<Buffer> {
  const window = Buffer.alloc(7);
  for (let at = 0; at < bytes.length; at += window.length) {
    yield window.subarray(0, bytes.copy(window, 0, at, at + window.length));
  }
}

function entriesOf(bytes: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  const directory = zipDirectory(contentOf(bytes));
  if (directory) visitZipEntries(contentOf(bytes), directory, (entry) => entries.push(entry) > 0);
  return entries;
}

test('what was written is read again', async () => {
  const entry = record({ content: uint8Array({ maxLength: 300 }), isDeflated: boolean() });
  await assert(
    asyncProperty(array(entry, { maxLength: 4 }), async (given) => {
      const bytes = await written(given);
      const archive = contentOf(bytes);
      const found = entriesOf(bytes).map((each) => {
        const { content } = entryContent(archive, each, 1000);
        const inside = content ? Buffer.from(content.read(0, content.size)) : undefined;
        return {
          name: each.name,
          method: each.method,
          content: inside?.toString('hex'),
          // In the local header: those who read from the beginning look there. An empty entry's is zero.
          checksum: entryChecksum(archive, each) ?? 0,
        };
      });
      expect(found).toEqual(
        given.map(({ content, isDeflated }, index) => ({
          name: `${index}.bin`,
          method: isDeflated ? 8 : 0,
          content: Buffer.from(content).toString('hex'),
          checksum: crc32(content),
        })),
      );
    }),
    { numRuns: 40 },
  );
});

test.skipIf(!hasPython)('another program reads it too (needs python3)', async () => {
  using folder = temporaryFolder();
  const texts = ['stored', 'deflated'.repeat(1000), ''];
  const given = texts.map((text, index) => ({ content: Buffer.from(text), isDeflated: index > 0 }));
  const file = folder.write('a.zip', await written(given));
  const program =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [z.read(n).decode() for n in z.namelist()] == sys.argv[2:])';
  expect(execFileSync('python3', ['-c', program, file, ...texts]).toString()).toBe('None True\n');
});

test('tells the time in UTC, and that of a file whom anybody may read', async () => {
  const bytes = await written([{ content: Buffer.from('x'), isDeflated: false }]);
  const row = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const [clock, day] = [bytes.readUInt16LE(row + 12), bytes.readUInt16LE(row + 14)];
  expect([clock >> 11, (clock >> 5) & 63, (clock & 31) * 2]).toEqual([17, 30, 8]);
  expect([(day >> 9) + 1980, (day >> 5) & 15, day & 31]).toEqual([2026, 11, 22]);
  expect(bytes.readUInt32LE(row + 38) >>> 16).toBe(0o100644);
  // The local header says the same.
  expect(bytes.subarray(4, 30)).toEqual(bytes.subarray(row + 6, row + 32));
});
