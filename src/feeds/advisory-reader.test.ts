import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openFinder } from '../scan/find-vulnerabilities.ts';
import { imported } from '../../test/advisory-bundle.ts';
import { exemplarContents } from '../model/exemplar-contents.ts';
import type { Package } from '../model/package.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readDataSource, readFeedsInUse, readFeedStatus } from './feed-status.ts';
import { seenEcosystems } from './seen-ecosystems.ts';
import { storeFile } from './store-file.ts';

/** A store that was put in order by SQLite, and has something else in its rows than was once written. */
async function damaged(folder: string, change: string): Promise<void> {
  await imported(folder);
  const database = new DatabaseSync(storeFile(folder));
  database.exec(change);
  database.close();
}

const leftPad: Package = {
  purl: 'pkg:npm/left-pad@1.0.0',
  type: 'npm',
  name: 'left-pad',
  version: '1.0.0',
  licenses: [],
  state: 'installed',
  path: '/app/package.json',
  layer: 0,
  cataloger: 'npm@1',
};

test.each([
  ['a text that cannot be unpacked', "UPDATE package SET entries = x'00ff00ff'"],
  ['an advisory that is not there', 'DELETE FROM advisory'],
])('%s is told as a damaged store when it is asked', async (_, change) => {
  using folder = temporaryFolder();
  await damaged(folder.path, change);
  const finder = await openFinder({ dataFolder: folder.path, kernelHeaders: false });
  try {
    expect(() => finder.find({ ...exemplarContents, packages: [leftPad] })).toThrow(
      expect.objectContaining({ code: 'file-unreadable', message: expect.stringContaining(storeFile(folder.path)) }),
    );
  } finally {
    finder.close();
  }
});

test('a store without one of its tables is told as such, whoever opens it', async () => {
  using folder = temporaryFolder();
  await damaged(folder.path, 'DROP TABLE feed');
  const told = expect.objectContaining({ code: 'file-unreadable' });
  await expect(openFinder({ dataFolder: folder.path, kernelHeaders: false })).rejects.toThrow(told);
  expect(() => readFeedStatus(folder.path)).toThrow(told);
  expect(() => readFeedsInUse(folder.path)).toThrow(told);
});

test.each([
  ['store', readDataSource],
  ['covered', seenEcosystems],
])('a store without its table %s is told as such', async (table, read) => {
  using folder = temporaryFolder();
  await damaged(folder.path, `DROP TABLE ${table}`);
  expect(() => read(folder.path)).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
});
