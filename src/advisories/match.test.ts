import { describe, expect, test } from 'vitest';
import type { Distribution } from '../model/image-contents.ts';
import type { Package } from '../model/package.ts';
import type { AdvisoryEntry } from './entry.ts';
import type { AdvisoryLookup, CveFacts, KnownAdvisory } from './lookup.ts';
import { matchPackages } from './match.ts';

const debian: Distribution = {
  id: 'debian',
  version: '12',
  name: 'Debian GNU/Linux 12',
  codename: 'bookworm',
  idLike: [],
};
const alma: Distribution = { id: 'almalinux', version: '8.10', name: 'AlmaLinux 8.10', idLike: ['rhel'] };

interface Written extends Partial<KnownAdvisory> {
  readonly id: string;
  readonly summary?: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly entry?: Partial<AdvisoryEntry>;
}

/** A store of these advisories, each about one package. */
function lookupOf(written: readonly Written[], facts: Readonly<Record<string, CveFacts>> = {}): AdvisoryLookup {
  return {
    hasEcosystem: (ecosystem) => written.some((each) => each.ecosystem === ecosystem),
    entriesOf: (ecosystem, name) =>
      written.flatMap((each, advisory) =>
        each.ecosystem === ecosystem && each.name === name
          ? [{ ranges: [{ fixed: '2.0' }], versions: [], ratings: [], ...each.entry, advisory }]
          : [],
      ),
    advisory(number) {
      const { id, canonical = id, aliases = [], upstream = [], ...each } = written[number] as Written;
      return { id, canonical, aliases, upstream, ratings: [], ...each };
    },
    cve: (name) => facts[name],
    canonical: (name) => (name === 'GHSA-same' ? 'CVE-2024-1' : name),
    vendorStatus: () => undefined,
    texts: (asked) =>
      asked.map(({ advisory, id }) => ({ summary: written[advisory]?.summary ?? `what ${id} is`, link: '' })),
  };
}

function packageOf(type: Package['type'], name: string, version: string, more: Partial<Package> = {}): Package {
  return {
    purl: `pkg:${type}/${name}@${version}`,
    type,
    name,
    version,
    licenses: [],
    state: 'installed',
    path: `/${type}`,
    layer: 0,
    cataloger: `${type}@1`,
    ...more,
  };
}

const curl = packageOf('deb', 'libcurl4', '1.9-1+b2', {
  namespace: 'debian',
  source: { name: 'curl', version: '1.9-1' },
});

/** Ids, with what is told of each. */
function found(packages: readonly Package[], written: readonly Written[], distribution = debian) {
  return matchPackages(packages, distribution, lookupOf(written)).vulnerabilities;
}

describe('a package of the system', () => {
  const advisory = { id: 'DSA-1', ecosystem: 'Debian:12', name: 'curl', upstream: ['CVE-2024-1', 'CVE-2024-2'] };

  test('is matched by its source, one finding for each vulnerability of an advisory', () => {
    const vulnerabilities = found([curl], [advisory]);
    expect(vulnerabilities.map(({ id, advisory: by, status, fixedIn }) => [id, by, status, fixedIn])).toEqual([
      ['CVE-2024-1', 'DSA-1', 'fixed', '2.0'],
      ['CVE-2024-2', 'DSA-1', 'fixed', '2.0'],
    ]);
    expect(vulnerabilities[0]?.reason).toEqual({
      ecosystem: 'Debian:12',
      name: 'curl',
      compared: 'source',
      version: '1.9-1',
      ordering: 'dpkg',
      range: { fixed: '2.0' },
      doubts: [],
    });
    expect(vulnerabilities[1]?.summary).toBe('what CVE-2024-2 is');
    // DSA-1 is about both: it is no other name of either.
    expect(vulnerabilities[0]?.aliases).toEqual([]);
  });

  test('is told once of what an advisory calls by two names', () => {
    expect(found([curl], [{ ...advisory, upstream: ['CVE-2024-1', 'GHSA-same'] }]).map(({ id }) => id)).toEqual([
      'CVE-2024-1',
    ]);
  });

  test('of which an advisory cannot be read is not clean', () => {
    const { vulnerabilities, uncovered } = matchPackages(
      [curl],
      debian,
      lookupOf([{ ...advisory, entry: { ranges: [] } }]),
    );
    expect(vulnerabilities).toEqual([]);
    expect(uncovered).toMatchObject([{ reason: 'unreadable-advisory' }]);
  });

  test('that has the repair is not told of', () => {
    expect(found([{ ...curl, source: { name: 'curl', version: '2.0' } }], [advisory])).toEqual([]);
  });

  test('of another release is another matter', () => {
    const { uncovered } = matchPackages([curl], debian, lookupOf([{ ...advisory, ecosystem: 'Debian:11' }]));
    expect(uncovered).toEqual([{ purl: curl.purl, path: curl.path, reason: 'no-data', ecosystem: 'Debian:12' }]);
  });

  test.each([
    [{ ranges: [{}] }, 'affected'],
    [{ ranges: [{}], status: 'will-not-fix' as const }, 'will-not-fix'],
    [{ ranges: [{}], status: 'end-of-life' as const }, 'end-of-life'],
  ])('without a repair has the status that the vendor says (%j)', (entry, status) => {
    const [vulnerability] = found([curl], [{ ...advisory, entry }]);
    expect(vulnerability).toMatchObject({ status });
    expect(vulnerability).not.toHaveProperty('fixedIn');
  });

  test('with several repairs of one vulnerability is whole with the last', () => {
    const [vulnerability, ...others] = found(
      [curl],
      [
        { ...advisory, upstream: ['CVE-2024-1'], entry: { ranges: [{ fixed: '2.4' }] } },
        { ...advisory, id: 'DSA-2', upstream: ['CVE-2024-1'], entry: { ranges: [{ fixed: '2.10' }] } },
        { ...advisory, id: 'DSA-3', upstream: ['CVE-2024-1'], entry: { ranges: [{}] } },
      ],
    );
    expect(vulnerability).toMatchObject({ advisory: 'DSA-2', fixedIn: '2.10' });
    expect(others).toEqual([]);
  });

  test('whose vendor says that it is not affected stays in the list as such', () => {
    const lookup = lookupOf([{ ...advisory, upstream: ['CVE-2024-1'], entry: { ranges: [{}] } }]);
    const vendor = { ...lookup, vendorStatus: () => 'not-affected' as const };
    expect(matchPackages([curl], debian, vendor).vulnerabilities).toMatchObject([{ status: 'not-affected' }]);
  });
});

describe('a module stream', () => {
  const node = packageOf('rpm', 'nodejs', '1:1.9-1.module_el8.9.0+1+a', {
    namespace: 'almalinux',
    vendor: 'AlmaLinux',
    cataloger: 'rpm-sqlite@1',
  });
  const of18 = {
    id: 'ALSA-1',
    ecosystem: 'AlmaLinux:8',
    name: 'nodejs',
    upstream: ['CVE-1'],
    entry: { ranges: [{ fixed: '1:2.0-1' }], module: 'nodejs:18' },
  };

  test.each([
    ['the same', { modularity: 'nodejs:18:8090020:ab' }, ['CVE-1']],
    ['another', { modularity: 'nodejs:20:8090020:ab' }, []],
  ])('%s', (_, more, expected) => {
    expect(found([{ ...node, ...more }], [of18], alma).map(({ id }) => id)).toEqual(expected);
  });

  test('none, of what is not of a module: neither the other way round', () => {
    const plain = { ...node, version: '1:1.9-1.el8' };
    expect(found([plain], [of18], alma)).toEqual([]);
    const { module: _, ...withoutModule } = of18.entry;
    expect(found([{ ...node, modularity: 'nodejs:18:1:a' }], [{ ...of18, entry: withoutModule }], alma)).toEqual([]);
    expect(found([plain], [{ ...of18, entry: withoutModule }], alma)).toHaveLength(1);
  });
});

describe('a package of a language', () => {
  const leftPad = packageOf('npm', 'left-pad', '1.0.0');
  const ghsa = {
    id: 'GHSA-1',
    canonical: 'CVE-2024-5',
    aliases: ['CVE-2024-5'],
    ecosystem: 'npm',
    name: 'left-pad',
    entry: { ranges: [{ fixed: '1.3.0' }] },
  };

  test('is told of once, whatever number of databases have it', () => {
    const other = { ...ghsa, id: 'ADP-1', aliases: ['GHSA-1'] };
    const vulnerabilities = found([leftPad], [ghsa, other]);
    expect(vulnerabilities.map(({ id, aliases }) => [id, aliases])).toEqual([['CVE-2024-5', ['GHSA-1', 'ADP-1']]]);
  });

  test('may stand in a list of single versions', () => {
    const listed = { ...ghsa, entry: { ranges: [], versions: ['1.0.0'] } };
    expect(found([leftPad], [listed])).toMatchObject([{ id: 'CVE-2024-5', status: 'affected' }]);
    expect(found([packageOf('npm', 'left-pad', '1.0.1')], [listed])).toEqual([]);
  });

  test('that a package of the system holds is that one’s matter, where its distribution is known', () => {
    const owner = packageOf('deb', 'node-left-pad', '1.0.0-1', {
      namespace: 'debian',
      source: { name: 'node-left-pad', version: '1.0.0-1' },
    });
    const owned = { ...leftPad, ownedBy: owner.purl };
    const known = { id: 'DSA-9', ecosystem: 'Debian:12', name: 'something', upstream: [] };
    expect(found([owned, owner], [ghsa, known])).toMatchObject([{ id: 'CVE-2024-5', coveredBy: owner.purl }]);
    expect(found([owned, owner], [ghsa])[0]).not.toHaveProperty('coveredBy');
  });

  test('with a version that is none is not known, and not clean', () => {
    const odd = packageOf('npm', 'left-pad', 'latest');
    const { vulnerabilities, uncovered } = matchPackages([odd], debian, lookupOf([ghsa]));
    expect(vulnerabilities).toEqual([]);
    expect(uncovered).toMatchObject([{ reason: 'odd-version' }]);
  });
});

test('a rebuild is judged by what it was built from, and the doubt said', () => {
  const rocky: Distribution = { id: 'rocky', version: '9.4', name: 'Rocky Linux 9.4', idLike: ['rhel'] };
  const bash = packageOf('rpm', 'bash', '0:1.9-1.el9', {
    namespace: 'rocky',
    vendor: 'Rocky Enterprise Software Foundation',
    cataloger: 'rpm-sqlite@1',
  });
  const [vulnerability] = found(
    [bash],
    [{ id: 'ALSA-1', ecosystem: 'AlmaLinux:9', name: 'bash', upstream: ['CVE-1'] }],
    rocky,
  );
  expect(vulnerability?.reason).toMatchObject({ ecosystem: 'AlmaLinux:9', doubts: ['rebuild'] });
});

test('what is known of a CVE stands with it', () => {
  const facts = {
    'CVE-1': { ratings: [{ source: 'debian', word: 'low' }], exploitedSince: '2024-01-02', exploitProbability: 0.5 },
  };
  const lookup = lookupOf([{ id: 'DSA-1', ecosystem: 'Debian:12', name: 'curl', upstream: ['CVE-1'] }], facts);
  expect(matchPackages([curl], debian, lookup).vulnerabilities).toMatchObject([
    { severity: { level: 'low', source: 'debian' }, exploitedSince: '2024-01-02', exploitProbability: 0.5 },
  ]);
});

describe('a deb that does not tell its source', () => {
  const written: readonly Written[] = [
    { id: 'DSA-1', ecosystem: 'Debian:12', name: 'openssl', upstream: ['CVE-1'] },
    { id: 'DSA-2', ecosystem: 'Debian:11', name: 'other', upstream: ['CVE-2'] },
  ];
  function matched(name: string, version: string, source?: Package['source']) {
    const each = packageOf('deb', name, version, { namespace: 'debian', ...(source ? { source } : {}) });
    const { vulnerabilities, uncovered, asked } = matchPackages([each], debian, lookupOf(written));
    return {
      ids: vulnerabilities.map(({ id }) => id),
      reasons: uncovered.map(({ reason }) => reason),
      asked: asked.size,
    };
  }

  test('is taken for that of its own name where advisories have it', () => {
    expect(matched('openssl', '1.9')).toEqual({ ids: ['CVE-1'], reasons: [], asked: 1 });
    expect(matched('openssl', '2.0')).toEqual({ ids: [], reasons: [], asked: 1 });
  });

  test('is looked up by the source that is known for its name', () => {
    expect(matched('libssl3t64', '1.9')).toEqual({ ids: ['CVE-1'], reasons: [], asked: 1 });
    expect(matched('libssl3', '2.0')).toEqual({ ids: [], reasons: [], asked: 1 });
    expect(matched('base-files', '1.9')).toEqual({ ids: [], reasons: [], asked: 1 });
  });

  test('is not known where they do not, and never clean', () => {
    expect(matched('libother1', '1.9')).toEqual({ ids: [], reasons: ['unknown-source'], asked: 0 });
    // Named in another release only.
    expect(matched('other', '1.9')).toEqual({ ids: [], reasons: ['unknown-source'], asked: 0 });
    expect(matched('libother1', '1.9', { name: '', version: '' }).reasons).toEqual(['unknown-source']);
  });

  test('is clean where it tells a source that no advisory names', () => {
    expect(matched('libother1', '1.9', { name: 'other', version: '1.9' })).toEqual({ ids: [], reasons: [], asked: 1 });
  });
});

test('counts what was compared, and where packages were looked up', () => {
  const lookup = lookupOf([{ id: 'DSA-1', ecosystem: 'Debian:12', name: 'curl', upstream: ['CVE-1'] }]);
  const { comparisons, asked } = matchPackages(
    [curl, packageOf('deb', 'bash', '5', { namespace: 'debian', source: { name: 'bash', version: '5' } })],
    debian,
    lookup,
  );
  expect(comparisons).toBe(1);
  expect([...asked]).toEqual([['Debian:12', 2]]);
});
