import { expect, test } from 'vitest';
import { advisoryPart, osvRecord } from '../../test/feed-parts.ts';
import { openAdvisoryDatabase } from './advisory-database.ts';
import { dataDigestOf } from './data-digest.ts';
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
