import { join } from 'node:path';
import { expect, test } from 'vitest';
import { advisoryPart, osvRecord } from '../../test/feed-parts.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openAdvisoryDatabase } from './advisory-database.ts';
import { readFeedStatus } from './feed-status.ts';
import { importFeeds } from './import-feeds.ts';
import { noteCurrent } from './note-current.ts';
import { seenEcosystems } from './seen-ecosystems.ts';

const record = (id: string, ecosystem: string) => osvRecord(id, ecosystem, 'a', [{ introduced: '0' }]);

test('a feed that is as it was is as fresh as if it were read; what was read meanwhile is not', async () => {
  using folder = temporaryFolder();
  const database = openAdvisoryDatabase(join(folder.path, 'advisories.sqlite'), { writes: true });
  const parts = [
    advisoryPart('Red Hat', [record('RHSA-1', 'Red Hat:8')]),
    advisoryPart('npm', [record('GHSA-1', 'npm')]),
  ];
  await importFeeds(database, parts, { now: 1000 });
  noteCurrent(
    database,
    [
      { name: 'RedHat', origin: 'https://a.example/', digest: '0'.repeat(64) },
      { name: 'npm', origin: 'https://a.example/', digest: '1'.repeat(64) },
    ],
    2000,
  );
  database.close();
  expect(readFeedStatus(folder.path).map(({ name, read, origin }) => [name, read, origin])).toEqual([
    ['Red Hat', 2000, 'https://a.example/'],
    ['npm', 1000, 'npm.zip'],
  ]);
});

test('ecosystems are seen once there is an export of them', async () => {
  using folder = temporaryFolder();
  expect(seenEcosystems(folder.path)).toEqual([]);
  const database = openAdvisoryDatabase(join(folder.path, 'advisories.sqlite'), { writes: true });
  const all = advisoryPart('all', [record('DSA-1', 'Debian:12'), record('GHSA-1', 'npm')]);
  await importFeeds(database, [all, advisoryPart('RedHat', [record('RHSA-1', 'Red Hat:8')])], { now: 1000 });
  database.close();
  expect(seenEcosystems(folder.path)).toEqual(['Debian', 'Red Hat', 'npm']);
});
