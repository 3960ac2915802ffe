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
    const { advisory = 0 } = entry ?? {};
    expect(lookup.advisory(advisory)).toMatchObject({ canonical: 'CVE-2024-1' });
    expect(lookup.texts([{ advisory, id: 'CVE-2024-1' }])).toEqual([{ summary: 'Pads too far', link: '' }]);
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
  // What was not read is not nothing: the package is not known to be clean.
  expect(store.read((lookup) => saidOf(lookup))).toEqual([
    ['GHSA-2', []],
    ['GHSA-1', [{ fixed: '2.0.0' }]],
  ]);
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

test('catalogues and probabilities are as new as the last day that they tell of', async () => {
  using store = openStore();
  const newest = () =>
    store.read((_, database) => database.prepare('SELECT kind, newest FROM feed ORDER BY kind').all());
  const entries = ['2024-02-03', '2024-05-31', '2024-05-30', '2999-01-01', '2024-99-99'];
  await store.import(
    {
      kind: 'exploited',
      origin: 'kev.json',
      digest: '',
      value: { vulnerabilities: entries.map((dateAdded, index) => ({ cveID: `CVE-2024-000${index}`, dateAdded })) },
    },
    linesPart('epss', [{ cve: 'CVE-2024-0001', epss: 0.9, date: '2024-05-29' }]),
  );
  expect(newest()).toMatchObject([
    { kind: 'epss', newest: Date.UTC(2024, 4, 29) / 1000 },
    { kind: 'exploited', newest: Date.UTC(2024, 4, 31) / 1000 },
  ]);
  await store.import(linesPart('epss', [{ cve: 'CVE-2024-0001', epss: 0.9 }]));
  expect(newest()).toMatchObject([{ kind: 'epss', newest: null }, {}]);
});

describe('an ecosystem is known', () => {
  const lodash = osvRecord('GHSA-1', 'npm', 'lodash', untilTwo);

  test('by its own export, and not by a record of another that names it', async () => {
    using store = openStore();
    const both = {
      ...lodash,
      affected: [
        { package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: untilTwo }] },
        { package: { ecosystem: 'PyPI', name: 'django' }, ranges: [{ type: 'ECOSYSTEM', events: untilTwo }] },
      ],
    };
    await store.import(advisoryPart('npm', [both]));
    store.read((lookup) => {
      expect([lookup.hasEcosystem('npm'), lookup.hasEcosystem('PyPI')]).toEqual([true, false]);
      expect(saidOf(lookup, 'django', 'PyPI')).toHaveLength(1);
    });
  });

  test('by an export of everything, release by release', async () => {
    using store = openStore();
    const curl = osvRecord('DSA-1', 'Debian:12', 'curl', untilTwo);
    await store.import(advisoryPart('all', [lodash, curl]));
    store.read((lookup) => {
      expect(['npm', 'Debian:12', 'Debian:11', 'PyPI'].map(lookup.hasEcosystem)).toEqual([true, true, false, false]);
    });
  });

  test('not by what a vendor says of its packages, and not any more once its export has nothing of it', async () => {
    using store = openStore();
    await store.import(
      linesPart('status', [{ ecosystem: 'Red Hat:8', cve: 'CVE-2024-0001', package: 'bash', status: 'Affected' }]),
    );
    expect(store.read((lookup) => lookup.hasEcosystem('Red Hat:8'))).toBe(false);
    await store.import(advisoryPart('all', [lodash, osvRecord('PYSEC-1', 'PyPI', 'django', untilTwo)]));
    await store.import(advisoryPart('all', [lodash]));
    expect(store.read((lookup) => [lookup.hasEcosystem('npm'), lookup.hasEcosystem('PyPI')])).toEqual([true, false]);
  });
});

test('an export takes back what it says of its own ecosystem, and nothing of others', async () => {
  using store = openStore();
  const both = {
    ...osvRecord('GHSA-1', 'npm', 'left-pad', untilTwo),
    affected: [
      { package: { ecosystem: 'npm', name: 'left-pad' }, ranges: [{ type: 'SEMVER', events: untilTwo }] },
      { package: { ecosystem: 'PyPI', name: 'left-pad' }, ranges: [{ type: 'ECOSYSTEM', events: untilTwo }] },
    ],
  };
  const other = osvRecord('GHSA-2', 'npm', 'right-pad', untilTwo);
  await store.import(advisoryPart('npm', [both, other]), advisoryPart('PyPI', [both]));
  await store.import(advisoryPart('npm', [other]));
  store.read((lookup) => {
    expect(saidOf(lookup)).toEqual([]);
    expect(saidOf(lookup, 'left-pad', 'PyPI')).toEqual([['GHSA-1', [{ fixed: '2.0.0' }]]]);
  });
});

test('the same export under another name takes the place of the first', async () => {
  using store = openStore();
  const [first, second] = ['RLSA-1', 'RLSA-2'].map((id) => osvRecord(id, 'Rocky Linux:9', 'bash', untilTwo));
  await store.import(advisoryPart('RockyLinux', [first ?? {}, second ?? {}]));
  await store.import(advisoryPart('Rocky Linux', [second ?? {}]));
  store.read((lookup, database) => {
    expect(saidOf(lookup, 'bash', 'Rocky Linux:9').map(([name]) => name)).toEqual(['RLSA-2']);
    expect(database.prepare('SELECT name FROM feed').all()).toEqual([{ name: 'Rocky Linux' }]);
  });
});

test('an export of which nothing can be read leaves what was there, as old as it is', async () => {
  using store = openStore();
  await store.import(advisoryPart('npm', [osvRecord('GHSA-1', 'npm', 'left-pad', untilTwo)]));
  const before = store.read((_lookup, database) => database.prepare('SELECT * FROM feed').all());
  const [imported] = await store.import(advisoryPart('npm', [{ id: 'GHSA-1', modified: 'soon' }]));
  expect(imported).toMatchObject({ removed: 0, aside: [{ count: 1 }] });
  expect(
    store.read((lookup, database) => [saidOf(lookup).length, database.prepare('SELECT * FROM feed').all()]),
  ).toEqual([1, before]);
});

function notAffected(name: string): FeedPart {
  return linesPart('status', [{ ecosystem: 'Red Hat:8', cve: 'CVE-2024-0001', package: name, status: 'Not affected' }]);
}

test('statuses of several files of one import stand together, and those of the next take their place', async () => {
  using store = openStore();
  await store.import(notAffected('bash'), notAffected('zsh'));
  const said = () =>
    store.read((lookup) => ['bash', 'zsh'].map((name) => lookup.vendorStatus('Red Hat:8', name, 'CVE-2024-0001')));
  expect(said()).toEqual(['not-affected', 'not-affected']);
  await store.import(notAffected('zsh'));
  expect(said()).toEqual([undefined, 'not-affected']);
});

test('what nobody rates or expects any more is forgotten', async () => {
  using store = openStore();
  await store.import(
    linesPart('cve', [{ cve: 'CVE-2024-0001', sev: { ubuntu: 'low' }, desc: 'bad' }]),
    linesPart('epss', [{ cve: 'CVE-2024-0001', epss: 0.9 }]),
  );
  await store.import(
    linesPart('cve', [{ cve: 'CVE-2024-0001' }]),
    linesPart('epss', [{ cve: 'CVE-2024-0002', epss: 0.1 }]),
  );
  store.read((lookup) => {
    expect(lookup.cve('CVE-2024-0001')).toEqual({ ratings: [] });
    expect(lookup.texts([{ advisory: 0, id: 'CVE-2024-0001' }])).toEqual([{ summary: '', link: '' }]);
  });
});

test('what is said of one package beyond all measure is kept as not read', async () => {
  using store = openStore();
  const versions = Array.from({ length: 20_000 }, (_, index) => `${index}.${'1'.repeat(280)}.0`);
  const records = Array.from({ length: 4 }, (_, index) => ({
    id: `GHSA-${index}`,
    modified: '2024-05-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name: 'left-pad' }, versions }],
  }));
  await store.import(advisoryPart('npm', records));
  const lengths = store.read((lookup) => lookup.entriesOf('npm', 'left-pad').map((each) => each.versions.length));
  expect(lengths).toEqual([20_000, 20_000, 0, 0]);
});

test('what several exports have had is taken back by the last of them', async () => {
  using store = openStore();
  const affected = ['npm', 'PyPI'].map((ecosystem) => ({
    package: { ecosystem, name: 'left-pad' },
    ranges: [{ type: 'ECOSYSTEM', events: untilTwo }],
  }));
  const both = osvRecord('GHSA-1', '', '', [], { affected });
  const others = ['npm', 'PyPI'].map((ecosystem) => osvRecord(`GHSA-${ecosystem}`, ecosystem, 'other', untilTwo));
  const parts = (shared: readonly ReturnType<typeof osvRecord>[]) =>
    ['npm', 'PyPI'].map((name, index) => advisoryPart(name, [...shared, ...others.slice(index, index + 1)]));
  await store.import(...parts([both]));
  const imported = await store.import(...parts([]));
  expect(imported.map(({ removed }) => removed)).toEqual([1, 1]);
  store.read((lookup) => {
    expect(['npm', 'PyPI'].map((ecosystem) => saidOf(lookup, 'left-pad', ecosystem))).toEqual([[], []]);
  });
  expect((await store.import(...parts([]))).map(({ removed }) => removed)).toEqual([0, 0]);
});
