import { expect, test } from 'vitest';
import { PackageList } from './package-list.ts';

test('a package is told once, and is for development only if it is so everywhere', () => {
  const list = new PackageList({ type: 'npm', state: 'declared' });
  list.add({ name: 'a', version: '1', development: true });
  list.add({ name: 'b', version: '1', development: true });
  list.add({ name: 'a', version: '1' });
  list.add({ name: 'a', version: '1', development: true });
  expect(list.reading().packages).toEqual([
    { type: 'npm', state: 'declared', name: 'a', version: '1' },
    { type: 'npm', state: 'declared', name: 'b', version: '1', development: true },
  ]);
});

test('qualifiers tell packages apart', () => {
  const list = new PackageList({ type: 'gem' });
  list.add({ name: 'a', version: '1' });
  list.add({ name: 'a', version: '1', qualifiers: { platform: 'java' } });
  expect(list.reading().packages).toHaveLength(2);
});

test('gaps are told one by one up to a number, names only in part, and packages are bounded', () => {
  const list = new PackageList({ type: 'npm' });
  for (let index = 0; index < 100; index += 1) list.add({ name: 'x'.repeat(5000), version: undefined });
  for (let index = 0; index < 100_007; index += 1) list.add({ name: `a${index}`, version: '1' });
  const { packages = [], gaps = [] } = list.reading();
  expect(packages).toHaveLength(100_000);
  expect(gaps).toHaveLength(22);
  expect(gaps.slice(-3).map(({ reason }) => reason.en)).toEqual([
    `the entry ${'x'.repeat(80)}… has no exact version`,
    '80 more entries are like that',
    'it names more than 100000 packages; 7 entries were left out',
  ]);
});

test('a name that nobody has is a gap', () => {
  const list = new PackageList({ type: 'npm' });
  list.add({ name: 'x'.repeat(2000), version: '1' });
  expect(list.reading()).toEqual({ gaps: [expect.anything()] });
});

test('nothing is an empty reading', () => {
  expect(new PackageList({ type: 'npm' }).reading()).toEqual({});
});
