import { expect, test } from 'vitest';
import { contentOf } from '../../../test/cataloged.ts';
import { type MadeEntry, zipArchive } from '../../../test/zip-archive.ts';
import { type Allowance, type Collected, readArchive, usualAllowance } from './archive.ts';

function read(path: string, entries: readonly MadeEntry[], limits: Partial<Allowance>) {
  const collected: Collected = { packages: [], gaps: [] };
  const allowance = { ...usualAllowance(), ...limits };
  readArchive({ content: contentOf(zipArchive({ entries })), path, within: '', depth: 0 }, allowance, collected);
  return { ...collected, allowance, reasons: collected.gaps.map(({ reason }) => reason.en) };
}

function pom(index: number, changes: Partial<MadeEntry> = {}): MadeEntry {
  const name = `META-INF/maven/g/a${index}/pom.properties`;
  return { name, content: `groupId=g\nartifactId=a${index}\nversion=1.0\n${' '.repeat(500)}`, ...changes };
}

test('what cannot be unpacked costs what was tried', () => {
  // The table says one byte less than there is.
  const entries = Array.from({ length: 5 }, (_, index) => pom(index, { claimedSize: 500 }));
  const { reasons } = read('a.jar', entries, { bytes: 1200 });
  expect(reasons.filter((reason) => reason.startsWith('damaged'))).toHaveLength(2);
  expect(reasons.filter((reason) => reason.startsWith('unpacked, it is larger'))).toHaveLength(3);
});

test('what is stored costs what is read of it', () => {
  const entries = Array.from({ length: 5 }, (_, index) => pom(index, { isStored: true }));
  const { packages, reasons } = read('a.jar', entries, { bytes: 1200 });
  expect(packages.filter(({ version }) => version === '1.0').map(({ name }) => name)).toEqual(['a0', 'a1', 'a2']);
  expect(reasons.filter((reason) => reason.startsWith('more entries'))).toHaveLength(2);
});

test('looking for the classes of a known library counts as reading its table', () => {
  const entries = Array.from({ length: 100 }, (_, index) => ({ name: `x/${index}.class` }));
  expect(read('spring-core-5.3.0.jar', entries, { entries: 10_000 }).allowance.entries).toBe(9800);
  expect(read('spring-core-5.3.0.jar', entries, { entries: 150 }).allowance.entries).toBe(-1);
});
