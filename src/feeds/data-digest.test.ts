import { expect, test } from 'vitest';
import { advisoryPart, linesPart, osvRecord } from '../../test/feed-parts.ts';
import { openAdvisoryDatabase } from './advisory-database.ts';
import { dataDigestOf, isReadOtherwise } from './data-digest.ts';
import { importFeeds } from './import-feeds.ts';

function exportOf(name: string, digest: string) {
  const record = osvRecord(`GHSA-${name}`, name, 'left-pad', [{ introduced: '0' }]);
  return { ...advisoryPart(name, [record]), digest };
}

/** The digests after each of some imports into a new store, at different times. */
async function digestsOf(...imports: readonly (readonly ReturnType<typeof exportOf>[])[]) {
  const database = openAdvisoryDatabase(':memory:', { writes: true });
  const digests = [dataDigestOf(database)];
  for (const [index, parts] of imports.entries()) {
    await importFeeds(database, parts, { now: Date.UTC(2025, 1, index + 1) / 1000 });
    digests.push(dataDigestOf(database));
  }
  database.close();
  return digests;
}

const [npm, newer, pypi] = [exportOf('npm', 'a'), exportOf('npm', 'b'), exportOf('PyPI', 'c')];

test('the same data has the same name, whenever it was read', async () => {
  const [none, first] = await digestsOf([npm, pypi]);
  expect(none).toBeNull();
  expect(first).toMatch(/^[\da-f]{64}$/);
  expect(await digestsOf([npm, pypi])).toEqual([null, first]);
});

test('what is read again as it was changes nothing; what is new does', async () => {
  const [, first, same, second, third] = await digestsOf([npm], [npm], [npm, pypi], [newer]);
  expect(same).toBe(first);
  expect(new Set([first, second, third]).size).toBe(3);
  // What is known already has no part in it.
  expect((await digestsOf([npm], [pypi]))[2]).toBe(second);
});

/** The digest of a store that an earlier Plimsoll read, after one import of what it had then. */
async function digestAfterOlder(...parts: readonly ReturnType<typeof exportOf>[]) {
  const database = openAdvisoryDatabase(':memory:', { writes: true });
  await importFeeds(database, parts, { now: 1 });
  database.exec('UPDATE store SET digest = NULL, reader = 0');
  await importFeeds(database, parts, { now: 2 });
  const digest = dataDigestOf(database);
  database.close();
  return digest;
}

test('stores of an older layout with other data get other names', async () => {
  expect(await digestAfterOlder(npm)).not.toBe(await digestAfterOlder(newer));
  expect(await digestAfterOlder(npm)).toBe(await digestAfterOlder(npm));
});

test('what an earlier Plimsoll read is read again by whichever import brings it, not only the first', async () => {
  const database = openAdvisoryDatabase(':memory:', { writes: true });
  await importFeeds(database, [npm, pypi], { now: 1 });
  database.exec("UPDATE store SET reader = 0; UPDATE advisory SET upstream = 'stale'");
  const stale = database.prepare("SELECT name FROM advisory WHERE upstream = 'stale'");
  await importFeeds(database, [pypi], { now: 2 });
  expect([stale.all().map((each) => each['name']), isReadOtherwise(database)]).toEqual([['GHSA-npm'], true]);
  await importFeeds(database, [npm, pypi], { now: 3 });
  expect([stale.all(), isReadOtherwise(database)]).toEqual([[], false]);
  database.close();
});

test('names are joined anew where records are read again', async () => {
  const database = openAdvisoryDatabase(':memory:', { writes: true });
  const record = osvRecord('GHSA-1', 'npm', 'left-pad', [{ introduced: '0' }], { aliases: ['CVE-2024-3094'] });
  const part = advisoryPart('npm', [record]);
  await importFeeds(database, [part], { now: 1 });
  database.exec('UPDATE store SET reader = 0; UPDATE advisory SET canonical = NULL');
  await importFeeds(database, [part], { now: 2 });
  expect(database.prepare('SELECT canonical FROM advisory').get()).toEqual({ canonical: 'CVE-2024-3094' });
  database.close();
});

test('a file that is read again after another that tells of the same gives other data, and another name', async () => {
  const database = openAdvisoryDatabase(':memory:', { writes: true });
  const line = { ecosystem: 'Red Hat:9', cve: 'CVE-2024-3094', package: 'bash' };
  const part = (name: string, status: string) => ({
    ...linesPart('status', [{ ...line, status }]),
    origin: `${name}.jsonl`,
    digest: name,
  });
  const digests: (string | null)[] = [];
  const [one, other] = [part('one', 'not affected'), part('other', 'will not fix')];
  for (const each of [one, other, one, one]) {
    await importFeeds(database, [each], { now: 1 });
    digests.push(dataDigestOf(database));
  }
  expect(new Set(digests.slice(0, 3)).size).toBe(3);
  expect(digests[3]).toBe(digests[2]);
  database.close();
});

function exportAt(modified: string) {
  const record = osvRecord('GHSA-1', 'npm', 'left-pad', [{ introduced: '0' }], { modified });
  return { ...advisoryPart('npm', [record]), digest: modified };
}

test('older data that takes the place of newer data has a name of its own', async () => {
  const [late, early] = [exportAt('2024-02-02T00:00:00Z'), exportAt('2024-02-01T00:00:00Z')];
  const database = openAdvisoryDatabase(':memory:', { writes: true });
  await importFeeds(database, [late], { now: 1e10 });
  await importFeeds(database, [early], { now: 1e10 });
  const mixed = dataDigestOf(database);
  const [older] = await importFeeds(database, [early], { now: 1e10, allowOlder: true });
  expect(older).toMatchObject({ changed: 1 });
  const { modified } = database.prepare('SELECT modified FROM advisory').get() as { modified: number };
  expect(modified).toBe(Date.UTC(2024, 1, 1) / 1000);
  expect(dataDigestOf(database)).not.toBe(mixed);
  database.close();
});
