import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { advisoryPart, osvRecord } from '../../test/feed-parts.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { layoutVersion, openAdvisoryDatabase } from './advisory-database.ts';
import { advisoryReader } from './advisory-reader.ts';
import { bringAlong } from './bring-along.ts';
import { dataDigestOf } from './data-digest.ts';
import { importFeeds } from './import-feeds.ts';
import { packText } from './packed-text.ts';
import { storeFile } from './store-file.ts';

/** The layout as it was at first. */
const firstLayout = `
  CREATE TABLE feed (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, digest TEXT NOT NULL, read INTEGER NOT NULL,
    newest INTEGER, records INTEGER NOT NULL, withdrawn INTEGER NOT NULL, aside INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE covered (feed TEXT NOT NULL, ecosystem TEXT NOT NULL, PRIMARY KEY (feed, ecosystem)) STRICT, WITHOUT ROWID;
  CREATE TABLE ecosystem (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE advisory (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, feed TEXT NOT NULL, modified INTEGER NOT NULL,
    state INTEGER NOT NULL, aliases TEXT, canonical TEXT, details BLOB NOT NULL, packages BLOB NOT NULL
  ) STRICT;
  CREATE TABLE package (
    ecosystem INTEGER NOT NULL, name TEXT NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (ecosystem, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE vendor_status (
    ecosystem INTEGER NOT NULL, name TEXT NOT NULL, statuses BLOB NOT NULL, PRIMARY KEY (ecosystem, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cve (id INTEGER PRIMARY KEY, ratings TEXT, exploited TEXT, probability REAL) STRICT;
  CREATE TABLE cve_text (id INTEGER PRIMARY KEY, texts BLOB NOT NULL) STRICT;
  CREATE TABLE aside (feed TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, example TEXT NOT NULL, PRIMARY KEY (feed, reason)) STRICT;
  PRAGMA user_version = 1;
`;

function writeFirstStore(folder: string): void {
  const database = new DatabaseSync(storeFile(folder));
  database.exec(firstLayout);
  database.exec(`
    INSERT INTO ecosystem VALUES (1, 'npm');
    INSERT INTO covered VALUES ('npm', 'npm');
    INSERT INTO feed VALUES ('npm', 'npm', 'advisories', 'npm.zip', 'abc', 5, 7, 1, 0, 0);
  `);
  const ratings = [{ source: 'ghsa', word: 'high' }];
  const details = [1, 'Pads too far', ['CVE-2024-1'], ['https://example.com/a', 'https://example.com/b'], ratings];
  database
    .prepare("INSERT INTO advisory VALUES (1, 'GHSA-1', 'npm', 7, 0, '[\"CVE-2024-1\"]', 'CVE-2024-1', ?, ?)")
    .run(packText(JSON.stringify(details)), packText('[[1,"left-pad"]]'));
  // Known by its name only.
  database.exec(`INSERT INTO advisory VALUES (2, 'GHSA-2', 'npm', 7, 2, NULL, NULL, x'', x'')`);
  database.prepare('INSERT INTO package VALUES (1, ?, ?)').run('left-pad', packText('[1,[["","f","2.0.0"]]]'));
  database.close();
}

test('a store of the first layout says the same after it was brought along', async () => {
  using folder = temporaryFolder();
  writeFirstStore(folder.path);
  expect(() => openAdvisoryDatabase(storeFile(folder.path), { writes: false })).toThrow('an older Plimsoll');
  await bringAlong(folder.path);
  const database = openAdvisoryDatabase(storeFile(folder.path), { writes: false });
  const lookup = advisoryReader(database);
  expect(lookup.entriesOf('npm', 'left-pad')).toEqual([
    { advisory: 1, ranges: [{ fixed: '2.0.0' }], versions: [], ratings: [] },
  ]);
  expect(lookup.advisory(1)).toEqual({
    id: 'GHSA-1',
    canonical: 'CVE-2024-1',
    aliases: ['CVE-2024-1'],
    upstream: ['CVE-2024-1'],
    ratings: [{ source: 'ghsa', word: 'high' }],
  });
  expect(lookup.texts([{ advisory: 1, id: 'CVE-2024-1' }])).toEqual([
    { summary: 'Pads too far', link: 'https://example.com/a' },
  ]);
  expect([lookup.hasEcosystem('npm'), dataDigestOf(database)]).toEqual([true, null]);
  database.close();
});

test('the first import after that reads every record again, changed or not', async () => {
  using folder = temporaryFolder();
  writeFirstStore(folder.path);
  const database = openAdvisoryDatabase(storeFile(folder.path), { writes: true });
  const more = { modified: '1970-01-01T00:00:07Z', summary: 'Pads much too far' };
  const record = osvRecord('GHSA-1', 'npm', 'left-pad', [{ introduced: '0' }, { fixed: '3.0.0' }], more);
  const imported = await importFeeds(database, [advisoryPart('npm', [record])], { now: 100 });
  expect(imported).toMatchObject([{ added: 0, changed: 0, removed: 0 }]);
  const lookup = advisoryReader(database);
  expect(lookup.entriesOf('npm', 'left-pad')).toMatchObject([{ ranges: [{ fixed: '3.0.0' }] }]);
  expect(lookup.texts([{ advisory: 1, id: '' }])[0]?.summary).toBe('Pads much too far');
  database.close();
});

test('what is no store of an older layout is left as it is', async () => {
  using folder = temporaryFolder({
    'advisories.sqlite': 'nothing of the kind, and longer than a header of sixty-four bytes',
  });
  await bringAlong(folder.path);
  expect(readFileSync(storeFile(folder.path), 'utf8')).toMatch(/^nothing of the kind/);
  const other = temporaryFolder();
  await bringAlong(other.path);
  const database = openAdvisoryDatabase(storeFile(other.path), { writes: true });
  database.exec(`PRAGMA user_version = ${layoutVersion + 1}`);
  database.close();
  await bringAlong(other.path);
  expect(() => openAdvisoryDatabase(storeFile(other.path), { writes: false })).toThrow('a newer Plimsoll');
  other[Symbol.dispose]();
});
