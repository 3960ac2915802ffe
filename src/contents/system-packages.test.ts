import { expect, test } from 'vitest';
import { SystemPackages } from './system-packages.ts';

test('a file that names a million packages fills no memory, and says so', () => {
  const found = new SystemPackages('apk');
  for (let index = 0; index < 1_000_000; index += 1) found.add({ type: 'apk', name: 'a', version: '1' });
  const { packages, gaps } = found.reading();
  expect(packages).toHaveLength(100_000);
  expect(gaps).toMatchObject([{ reason: { en: expect.stringContaining('900000') } }]);
});

test('packages are counted with what is told of them', () => {
  const found = new SystemPackages('rpm');
  const text = 'x'.repeat(4096);
  for (let index = 0; index < 10_000; index += 1) {
    found.add({ type: 'rpm', name: 'a', version: '1', vendor: text, licenses: [text] });
  }
  const { packages = [], gaps } = found.reading();
  expect(packages.length).toBeLessThan(5000);
  expect(gaps).toMatchObject([{ reason: { en: expect.stringContaining(`${10_000 - packages.length} are left out`) } }]);
});

test('paths are counted with what they cost', () => {
  const found = new SystemPackages('apk');
  let count = 0;
  while (found.hasRoomFor('')) count += 1;
  expect(count).toBeGreaterThan(500_000);
  expect(count).toBeLessThan(2_000_000);
  expect(found.reading().gaps).toHaveLength(1);
});

test('packages without a version are one gap, with the name of the first', () => {
  const found = new SystemPackages('apk');
  found.addNameless('zlib');
  expect(found.reading().gaps?.[0]?.reason.en).toContain('zlib');
  found.addNameless(undefined);
  expect(found.reading().gaps?.at(-1)?.reason.en).toContain('2 packages');
});

test('nothing found is nothing told', () => {
  expect(new SystemPackages('apk').reading()).toEqual({});
});
