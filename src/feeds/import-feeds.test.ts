import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { advisoryPart, linesPart, osvRecord } from '../../test/feed-parts.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import type { AdvisoryLookup } from '../advisories/lookup.ts';
import { openAdvisoryDatabase } from './advisory-database.ts';
import { advisoryReader } from './advisory-reader.ts';
import type { FeedPart } from './feed-part.ts';
import { importFeeds } from './import-feeds.ts';

const now = Date.UTC(2024, 5, 1) / 1000;
const untilTwo = [{ introduced: '0' }, { fixed: '2.0.0' }];

/** A store into which things are imported one after the other, and read. */
function openStore() {
  const folder = temporaryFolder();
  const file = join(folder.path, 'store.sqlite');
  return {
    async import(...parts: FeedPart[]) {
      const database = openAdvisoryDatabase(file, { writes: true });
      try {
        return await importFeeds(database, parts, { now });
      } finally {
        database.close();
      }
    },
    read<T>(ask: (lookup: AdvisoryLookup, database: DatabaseSync) => T): T {
      const database = openAdvisoryDatabase(file, { writes: false });
      try {
        return ask(advisoryReader(database), database);
      } finally {
        database.close();
      }
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

/** What is said of left-pad, by the advisory's name. */
function saidOf(lookup: AdvisoryLookup, name = 'left-pad', ecosystem = 'npm') {
  return lookup.entriesOf(ecosystem, name).map(({ advisory, ranges }) => [lookup.advisory(advisory).id, ranges]);
}

test('what was imported is told by package', async () => {
  using store = openStore();
  const record = osvRecord('GHSA-1', 'npm', 'left-pad', untilTwo, { aliases: ['CVE-2024-1'], summary: 'Pads too far' });
  const [imported] = await store.import(advisoryPart('npm', [record]));
  expect(imported).toMatchObject({ name: 'npm', records: 1, added: 1, changed: 0, removed: 0 });
  store.read((lookup) => {
    expect(saidOf(lookup)).toEqual([['GHSA-1', [{ fixed: '2.0.0' }]]]);
    const [entry] = lookup.entriesOf('npm', 'left-pad');
    expect(lookup.advisory(entry?.advisory ?? 0)).toMatchObject({ canonical: 'CVE-2024-1', summary: 'Pads too far' });
    expect([lookup.hasEcosystem('npm'), lookup.hasEcosystem('PyPI')]).toEqual([true, false]);
    expect(lookup.entriesOf('npm', 'right-pad')).toEqual([]);
    expect(lookup.entriesOf('PyPI', 'left-pad')).toEqual([]);
  });
});

describe('the next export', () => {
  const first = osvRecord('GHSA-1', 'npm', 'left-pad', untilTwo);
  const other = osvRecord('GHSA-2', 'npm', 'left-pad', [{ introduced: '1.0.0' }, { fixed: '1.5.0' }]);

  async function after(...records: ReturnType<typeof osvRecord>[]) {
    const store = openStore();
    await store.import(advisoryPart('npm', [first, other]));
    const [imported] = await store.import(advisoryPart('npm', records));
    return { store, imported };
  }

  test('that is the same changes nothing', async () => {
    const { store, imported } = await after(first, other);
    using _ = store;
    expect(imported).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(store.read((lookup) => saidOf(lookup))).toHaveLength(2);
  });

  test('has a record changed, also to another package', async () => {
    const moved = osvRecord('GHSA-1', 'npm', 'right-pad', untilTwo, { modified: '2024-05-02T00:00:00Z' });
    const { store, imported } = await after(moved, other);
    using _ = store;
    expect(imported).toMatchObject({ added: 0, changed: 1, removed: 0 });
    store.read((lookup) => {
      expect(saidOf(lookup).map(([name]) => name)).toEqual(['GHSA-2']);
      expect(saidOf(lookup, 'right-pad').map(([name]) => name)).toEqual(['GHSA-1']);
    });
  });

  test('withdraws a record, and later does not', async () => {
    const withdrawn = { ...first, modified: '2024-05-02T00:00:00Z', withdrawn: '2024-05-02T00:00:00Z' };
    const { store, imported } = await after(withdrawn, other);
    using _ = store;
    expect(imported).toMatchObject({ changed: 1 });
    expect(store.read((lookup) => saidOf(lookup).map(([name]) => name))).toEqual(['GHSA-2']);
    await store.import(advisoryPart('npm', [{ ...first, modified: '2024-05-03T00:00:00Z' }, other]));
    expect(store.read((lookup) => saidOf(lookup))).toHaveLength(2);
  });

  test('does not have a record any more, and has it again', async () => {
    const { store, imported } = await after(other);
    using _ = store;
    expect(imported).toMatchObject({ removed: 1 });
    expect(store.read((lookup) => saidOf(lookup).map(([name]) => name))).toEqual(['GHSA-2']);
    await store.import(advisoryPart('npm', [first, other]));
    expect(store.read((lookup) => saidOf(lookup))).toHaveLength(2);
  });

  test('that is older takes nothing back', async () => {
    const older = osvRecord('GHSA-1', 'npm', 'left-pad', [], { modified: '2023-01-01T00:00:00Z' });
    const { store } = await after(older, other);
    using _ = store;
    expect(store.read((lookup) => saidOf(lookup))).toHaveLength(2);
  });

  test('may put right what claimed to be of the future', async () => {
    using store = openStore();
    await store.import(advisoryPart('npm', [{ ...first, modified: '2099-01-01T00:00:00Z' }]));
    await store.import(advisoryPart('npm', [osvRecord('GHSA-1', 'npm', 'right-pad', untilTwo)]));
    expect(store.read((lookup) => saidOf(lookup))).toEqual([]);
    const newest = store.read((_lookup, database) => database.prepare('SELECT newest FROM feed').get());
    expect(newest).toEqual({ newest: Date.UTC(2024, 4, 1) / 1000 });
  });

  test('that is damaged in part takes nothing away', async () => {
    using store = openStore();
    await store.import(advisoryPart('npm', [first, other]));
    const damaged = { name: 'GHSA-1.json', value: undefined, problem: 'it is no JSON' };
    const part = { ...advisoryPart('npm', []), records: () => [damaged, { name: 'GHSA-2.json', value: other }] };
    const [imported] = await store.import(part);
    expect(imported).toMatchObject({ removed: 0 });
    expect(store.read((lookup) => saidOf(lookup))).toHaveLength(2);
  });

  test('that is empty is a fault of who exported it', async () => {
    const { store, imported } = await after();
    using _ = store;
    expect(imported).toMatchObject({ removed: 0 });
    expect(store.read((lookup) => saidOf(lookup))).toHaveLength(2);
  });
});

test('what is not understood is put aside, and the rest goes on', async () => {
  using store = openStore();
  const odd = osvRecord('GHSA-2', 'npm', 'left-pad', [{ introduced: 'at first' }]);
  const good = osvRecord('GHSA-1', 'npm', 'left-pad', untilTwo);
  const unread = {
    ...advisoryPart('npm', []),
    records: () => [{ name: 'x.json', value: undefined, problem: 'it is no JSON' }],
  };
  const [imported, second] = await store.import(advisoryPart('npm', [{ id: 'GHSA-3' }, odd, good, good]), unread);
  expect(imported?.aside).toEqual([
    { reason: 'modified is missing or no date', count: 1, example: '0.json' },
    { reason: 'a range with a version that cannot be read', count: 1, example: 'GHSA-2' },
    { reason: 'its id is that of another record of the same export', count: 1, example: 'GHSA-1' },
  ]);
  expect(second?.aside).toEqual([{ reason: 'it is no JSON', count: 1, example: 'x.json' }]);
  expect(store.read((lookup) => saidOf(lookup).map(([name]) => name))).toEqual(['GHSA-1']);
});

test('facts of CVEs, and what a vendor says of its packages', async () => {
  using store = openStore();
  await store.import(
    linesPart('cve', [
      { cve: 'CVE-2024-0007', sev: { ubuntu: 'low' }, cvss: { nvd: 'CVSS:3.1/AV:N' }, desc: 'A double agent' },
      { cve: 'none' },
    ]),
    linesPart('epss', [
      { cve: 'CVE-2024-0007', epss: '0.25' },
      { cve: 'CVE-2024-0007', epss: 'often' },
    ]),
    linesPart('status', [{ ecosystem: 'Red Hat:8', cve: 'CVE-2024-0007', package: 'bash', status: 'Not affected' }]),
    {
      kind: 'exploited',
      origin: 'kev.json',
      digest: '',
      value: { vulnerabilities: [{ cveID: 'CVE-2024-0007', dateAdded: '2024-02-03' }] },
    },
  );
  store.read((lookup) => {
    expect(lookup.cve('CVE-2024-0007')).toEqual({
      ratings: [
        { source: 'ubuntu', word: 'low' },
        { source: 'nvd', vector: 'CVSS:3.1/AV:N' },
      ],
      exploitedSince: '2024-02-03',
      exploitProbability: 0.25,
    });
    expect(lookup.cve('CVE-2024-8')).toBeUndefined();
    expect(lookup.vendorStatus('Red Hat:8', 'bash', 'CVE-2024-0007')).toBe('not-affected');
    expect(lookup.vendorStatus('Red Hat:8', 'zsh', 'CVE-2024-0007')).toBeUndefined();
  });
  await store.import({ kind: 'exploited', origin: 'kev.json', digest: '', value: { vulnerabilities: [] } });
  expect(store.read((lookup) => lookup.cve('CVE-2024-0007'))).not.toHaveProperty('exploitedSince');
});
