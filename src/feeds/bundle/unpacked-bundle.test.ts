import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { imported, leftPad, type MadeBundle, madeAt, madeBundle, signingKey } from '../../../test/advisory-bundle.ts';
import { failureOf } from '../../../test/failure.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { openAdvisoryDatabase } from '../advisory-database.ts';
import { storeFile } from '../store-file.ts';
import { clearBundles, unpackedBundle } from './unpacked-bundle.ts';
import { writeBundle } from './write-bundle.ts';

let made: MadeBundle;
let cache: TemporaryFolder;

beforeEach(async () => {
  made = await madeBundle();
  cache = temporaryFolder();
});
afterEach(() => {
  made[Symbol.dispose]();
  cache[Symbol.dispose]();
});

function unpacked(file = made.bundle) {
  return unpackedBundle(file, { cache: cache.path });
}

function kept(): string[] {
  return readdirSync(join(cache.path, 'bundles'));
}

/** Another bundle each time. */
async function anotherBundle(number: number): Promise<string> {
  using folder = temporaryFolder();
  await imported(folder.path, [leftPad(undefined, `${number}`.padEnd(64, '0'))]);
  const file = join(made.path, `${number}.zip`);
  await writeBundle(storeFile(folder.path), file, { tool: { name: 'plimsoll', version: '0.1.0' }, made: madeAt });
  return file;
}

function agesBack(folder: string, minutes: number): void {
  const time = new Date(Date.now() - minutes * 60_000);
  utimesSync(folder, time, time);
}

test('a bundle is a folder with a store', async () => {
  const { folder } = await unpacked();
  openAdvisoryDatabase(storeFile(folder), { writes: false }).close();
  expect(readdirSync(folder)).toEqual(['advisories.sqlite']);
});

test('it is unpacked once', async () => {
  const { folder, close } = await unpacked();
  close();
  const before = statSync(storeFile(folder));
  agesBack(folder, 60);
  expect((await unpacked()).folder).toBe(folder);
  const after = statSync(storeFile(folder));
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  // And it counts as used.
  expect(Date.now() - statSync(folder).mtimeMs).toBeLessThan(60_000);
  expect(kept()).toHaveLength(1);
});

test('what somebody has cut off or emptied since is unpacked again', async () => {
  const { folder } = await unpacked();
  const { size } = statSync(storeFile(folder));
  for (const rest of [size - 4096, 0]) {
    truncateSync(storeFile(folder), rest);
    expect((await unpacked()).folder).toBe(folder);
    expect(statSync(storeFile(folder)).size).toBe(size);
  }
  expect(kept()).toHaveLength(1);
});

test('runs at the same time do not disturb each other', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => unpacked()));
  expect(new Set(all.map(({ folder }) => folder)).size).toBe(1);
  openAdvisoryDatabase(storeFile(all[0]?.folder ?? ''), { writes: false }).close();
  expect(kept()).toHaveLength(1);
});

test('those that were not used for the longest time make room, and so does what was never finished', async () => {
  const folders: string[] = [];
  for (const number of [1, 2, 3, 4]) folders.push((await unpacked(await anotherBundle(number))).folder);
  // Whoever has just asked for one may not have opened it yet.
  expect(kept()).toHaveLength(4);
  for (const [index, folder] of folders.entries()) agesBack(folder, 60 - index);
  const [abandoned, begun] = ['part-old', 'part-new'].map((name) => join(cache.path, 'bundles', name));
  for (const each of [abandoned, begun]) mkdirSync(each ?? '');
  agesBack(abandoned ?? '', 120);
  await unpacked();
  expect(folders.map(existsSync)).toEqual([false, false, true, true]);
  expect([abandoned, begun].map((each) => existsSync(each ?? ''))).toEqual([false, true]);
});

test('nothing is kept of a bundle that is not as it must be', async () => {
  using folder = temporaryFolder();
  truncateSync(made.bundle, statSync(made.bundle).size - 1);
  await failureOf(() => unpacked());
  const { publicKey } = signingKey(folder);
  made[Symbol.dispose]();
  made = await madeBundle();
  const error = await failureOf(() => unpackedBundle(made.bundle, { cache: cache.path, verifyKey: publicKey }));
  expect(error.code).toBe('feeds-signature');
  expect(readdirSync(cache.path)).toEqual([]);
});

/** Whether a bundle was unpacked for this time only, and nobody else could look at it. */
async function isForOnce(given: { readonly cache?: string }): Promise<boolean> {
  const { folder, close } = await unpackedBundle(made.bundle, given);
  openAdvisoryDatabase(storeFile(folder), { writes: false }).close();
  const isPrivate = (statSync(folder).mode & 0o077) === 0 && !folder.startsWith(cache.path);
  close();
  return isPrivate && !existsSync(folder);
}

describe('nothing is kept, and nothing that is kept is used', () => {
  test('without a cache', async () => {
    expect(await isForOnce({})).toBe(true);
    expect(await isForOnce({ cache: cache.path })).toBe(false);
  });

  test('where others may write to it', async () => {
    await unpacked();
    chmodSync(cache.path, 0o777);
    expect(await isForOnce({ cache: cache.path })).toBe(true);
    chmodSync(cache.path, 0o700);
    chmodSync(join(cache.path, 'bundles'), 0o777);
    expect(await isForOnce({ cache: cache.path })).toBe(true);
  });

  test('where it cannot be made', async () => {
    expect(await isForOnce({ cache: join(cache.write('file', ''), 'below') })).toBe(true);
  });
});

test('is forgotten with the rest of the cache', async () => {
  await unpacked();
  clearBundles(cache.path);
  expect(readdirSync(cache.path)).toEqual([]);
  clearBundles(cache.path);
});
