import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { coreDump } from './core-dump.ts';

function elf(type: number, bigEndian = false): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write('\u007FELF', 'latin1');
  bytes[5] = bigEndian ? 2 : 1;
  if (bigEndian) bytes.writeUInt16BE(type, 16);
  else bytes.writeUInt16LE(type, 16);
  return bytes;
}

function said(bytes: Buffer) {
  return coreDump.read?.(catalogedFile('app/core', bytes));
}

test('the memory of a program is told by what is in the file', () => {
  expect(said(elf(4))).toEqual([{ kind: 'unneeded', detail: 'core dump' }]);
  expect(said(elf(4, true))).toHaveLength(1);
  expect(said(elf(2))).toEqual([]);
  expect(said(Buffer.from('a folder of sources'))).toEqual([]);
});

test('reads whatever bytes it is given', () => {
  assert(property(uint8Array({ maxLength: 40 }), (bytes) => void said(Buffer.from(bytes))));
});
