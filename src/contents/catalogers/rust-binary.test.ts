import { deflateSync } from 'node:zlib';
import { assert, nat, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { elfFile, fatFile, machOFile, portableExecutableFile } from '../../../test/binary-files.ts';
import { catalogedFile } from '../../../test/cataloged.ts';
import { CatalogerError } from '../cataloger.ts';
import { rustBinary } from './rust-binary.ts';

const crates = [
  { name: 'anyhow', version: '1.0.86', source: 'crates.io' },
  { name: 'cc', version: '1.1.0', source: 'crates.io', kind: 'build' },
  { name: 'forked', version: '0.3.0', source: 'git' },
  { name: 'shop', version: '0.1.0', source: 'local', dependencies: [0, 1, 2], root: true },
];

function section(list: unknown) {
  return { name: '.dep-v0', bytes: deflateSync(JSON.stringify(list)) };
}

function read(bytes: Buffer) {
  return rustBinary.read(catalogedFile('bin/shop', bytes));
}

const packages = [
  { type: 'cargo', name: 'anyhow', version: '1.0.86' },
  { type: 'cargo', name: 'cc', version: '1.1.0', state: 'declared', development: true },
  { type: 'cargo', name: 'forked', version: '0.3.0', qualifiers: { source: 'git' } },
  { type: 'cargo', name: 'shop', version: '0.1.0', qualifiers: { source: 'local' } },
];

test('crates are told with where they came from; what only built the program is not in it', () => {
  const made = section({ packages: crates });
  for (const bytes of [
    elfFile({ sections: [{ name: '.data', bytes: Buffer.alloc(100) }, made] }),
    elfFile({ sections: [made], isWide: false, isLittleEndian: false }),
    portableExecutableFile([made]),
    machOFile([made]),
    fatFile([machOFile([made]), machOFile([made])]),
  ]) {
    expect(read(bytes)).toEqual({ packages, gaps: [] });
  }
});

test('crates without a name or a version are a gap, and no reason to lose the others', () => {
  const bytes = elfFile({
    sections: [section({ packages: [...crates, { name: 'x' }, null, { name: '', version: '1' }] })],
  });
  expect(read(bytes).packages).toHaveLength(4);
  expect(read(bytes).gaps).toEqual([
    { reason: expect.objectContaining({ en: expect.stringContaining('3 entries') }), need: expect.anything() },
  ]);
});

test('a list of more values than any program has crates is damaged, before they are built', () => {
  const list = deflateSync(`{"packages":[${'[],'.repeat(1_200_000)}0]}`);
  expect(() => read(elfFile({ sections: [{ name: '.dep-v0', bytes: list }] }))).toThrow('damaged or too large');
});

test('a program of Rust without a list is a gap', () => {
  const comment = {
    name: '.comment',
    bytes: Buffer.from('GCC: (GNU) 13\0rustc version 1.80.0 (051478957 2024-07-21)\0'),
  };
  expect(read(elfFile({ sections: [comment] })).gaps).toHaveLength(1);
  expect(read(elfFile({ sections: [{ ...comment, bytes: Buffer.from('GCC: (GNU) 13\0') }] })).gaps).toEqual([]);
});

test('a list that grows beyond measure when it is unpacked is refused', () => {
  const bytes = deflateSync(Buffer.alloc(17 * 1024 ** 2, 0x20));
  expect(bytes.length).toBeLessThan(64 * 1024);
  expect(() => read(elfFile({ sections: [{ name: '.dep-v0', bytes }] }))).toThrow(CatalogerError);
});

function namesOrRefusal(bytes: Buffer): readonly string[] {
  try {
    return (read(bytes).packages ?? []).map(({ name }) => name);
  } catch (error) {
    if (error instanceof CatalogerError) return [];
    throw error;
  }
}

function attempt(bytes: Buffer): void {
  expect(namesOrRefusal(elfFile({ sections: [{ name: '.dep-v0', bytes }] }))).not.toContain('');
}

test('reads whatever bytes it is given', () => {
  assert(property(uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => attempt(Buffer.from(bytes))));
  assert(property(string(), (text) => attempt(deflateSync(text))));
  const good = section({ packages: crates }).bytes;
  assert(
    property(nat(good.length - 1), nat(255), (place, byte) => {
      const bytes = Buffer.from(good);
      bytes[place] = byte;
      attempt(bytes);
    }),
  );
});
