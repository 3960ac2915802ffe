import { type Arbitrary, assert, jsonValue, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { readOsvRecord, RecordError } from './osv.ts';

const record = {
  schema_version: '1.7.0',
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: '2024-05-01T12:00:00Z',
  published: '2024-04-01T00:00:00Z',
  aliases: ['CVE-2024-1', 'GHSA-aaaa-bbbb-cccc'],
  summary: 'Something\n  is wrong',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  references: [
    { type: 'WEB', url: 'https://example.org/blog' },
    { type: 'ADVISORY', url: 'https://example.org/advisory' },
    { type: 'WEB', url: 'javascript:alert(1)' },
  ],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'left-pad' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.3.1' }] }],
      versions: ['1.0.0', '1.3.0', '2.0.0-odd'],
    },
  ],
  database_specific: { severity: 'HIGH' },
} satisfies JsonObject;

function readWith(changes: JsonObject) {
  return readOsvRecord({ ...record, ...changes });
}

function affectedBy(affected: JsonValue, changes: JsonObject = {}) {
  return readWith({ affected: [affected], ...changes }).advisory.affected;
}

test('a record is read as it is meant', () => {
  expect(readOsvRecord(record)).toEqual({
    advisory: {
      id: 'GHSA-aaaa-bbbb-cccc',
      modified: Date.UTC(2024, 4, 1, 12) / 1000,
      aliases: ['CVE-2024-1'],
      upstream: [],
      summary: 'Something is wrong',
      link: 'https://example.org/advisory',
      ratings: [
        { source: 'ghsa', word: 'high' },
        { source: 'record', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
      ],
      affected: [
        // Versions that lie in a range need not be told once more.
        { ecosystem: 'npm', name: 'left-pad', ranges: [{ fixed: '1.3.1' }], versions: ['2.0.0-odd'], ratings: [] },
      ],
    },
    skipped: { package: 0, ecosystem: 0, range: 0, platform: 0 },
  });
});

describe('what cannot be a record', () => {
  test.each([
    ['no object', [], 'it is no object'],
    ['without an id', { ...record, id: '' }, 'id is missing or no name'],
    ['with a text for an id', { ...record, id: 'two words' }, 'id is missing or no name'],
    ['without a date', { ...record, modified: 'yesterday' }, 'modified is missing or no date'],
    ['withdrawn at no time', { ...record, withdrawn: 'once' }, 'withdrawn is no date'],
  ])('%s', (_, value, why) => {
    expect(() => readOsvRecord(value as JsonValue)).toThrow(new RecordError(why));
  });
});

describe('what an advisory is about', () => {
  test('upstream says so, and what is related is only that', () => {
    expect(readWith({ id: 'DSA-1', upstream: ['CVE-1'], related: ['CVE-2'] }).advisory.upstream).toEqual(['CVE-1']);
    expect(readWith({ related: ['CVE-2'] }).advisory.upstream).toEqual([]);
  });

  test('older advisories of distributions have it as related', () => {
    expect(readWith({ id: 'ALSA-2021:1', related: ['CVE-2', 'ALBA-2'] }).advisory.upstream).toEqual(['CVE-2']);
  });
});

describe('packages', () => {
  const range = { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2' }] };

  test.each([
    ['PyPI', 'Zope.Interface_X', 'zope-interface-x'],
    ['Packagist', 'Laravel/Framework', 'laravel/framework'],
    ['Go', 'github.com/BurntSushi/toml', 'github.com/BurntSushi/toml'],
    ['Debian:12', 'curl', 'curl'],
  ])('%s %s is called %s', (ecosystem, name, expected) => {
    expect(affectedBy({ package: { ecosystem, name }, ranges: [range] })[0]?.name).toBe(expected);
  });

  test.each([
    ['Red Hat:8', { status: 'Will not fix' }, 'will-not-fix'],
    ['Ubuntu:22.04:LTS', { status: 'needs-triage' }, 'under-investigation'],
    ['Ubuntu:14.04:LTS', { status: 'ignored', note: 'end of standard support, was needed' }, 'end-of-life'],
    ['Ubuntu:22.04:LTS', { status: 'something new' }, undefined],
  ])('%s: %j is %s', (ecosystem, specific, status) => {
    const [affected] = affectedBy({
      package: { ecosystem, name: 'curl' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
      ecosystem_specific: specific,
    });
    expect(affected?.status).toBe(status);
  });

  test('the module stream stands in a field, or in the summary of what was built for one', () => {
    const built = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1:18.2-1.module_el8.8.0+1+a' }] }];
    const node = { ecosystem: 'AlmaLinux:8', name: 'nodejs' };
    const summary = 'Important: nodejs:18 security update';
    expect(affectedBy({ package: node, ranges: built }, { summary })[0]?.module).toBe('nodejs:18');
    expect(affectedBy({ package: node, ranges: [range] }, { summary })[0]?.module).toBeUndefined();
    expect(affectedBy({ package: node, ranges: [range], ecosystem_specific: { module: 'ruby:2.5' } })[0]?.module).toBe(
      'ruby:2.5',
    );
  });

  test('what says nothing about a version is counted', () => {
    const { advisory, skipped } = readWith({
      affected: [
        { package: { ecosystem: 'npm' }, ranges: [range] },
        { package: { ecosystem: 'Nowhere', name: 'a' }, ranges: [range] },
        {
          package: { ecosystem: 'npm', name: 'a' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: 'soon' }] }, range],
        },
        {
          package: { ecosystem: 'crates.io', name: 'winapi' },
          ranges: [range],
          ecosystem_specific: { affects: { os: ['windows'] } },
        },
        { package: { ecosystem: 'npm', name: 'b' }, ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] },
      ],
    });
    expect(skipped).toEqual({ package: 1, ecosystem: 1, range: 1, platform: 1 });
    expect(advisory.affected.map(({ name, ranges }) => [name, ranges])).toEqual([['a', [{ fixed: '2' }]]]);
  });

  test('of which no range can be read are kept as such', () => {
    const unreadable = { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: 'not a version' }] };
    expect(affectedBy({ package: { ecosystem: 'npm', name: 'a' }, ranges: [unreadable] })).toMatchObject([
      { ranges: [], versions: [] },
    ]);
  });

  test.each([
    ['< 2.1.3', { before: '2.1.3' }],
    ['<= 3.5.3', { lastAffected: '3.5.3' }],
    ['all of them', {}],
  ])('without a repair are affected up to where that is known: %s', (written, end) => {
    const [affected] = affectedBy({
      package: { ecosystem: 'npm', name: 'a' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '1.0.0' }] }],
      database_specific: { last_known_affected_version_range: written },
    });
    expect(affected?.ranges).toEqual([{ introduced: '1.0.0', ...end }]);
  });
});

test('each vulnerability of an advisory of Red Hat has a word of its own', () => {
  const { ratings } = readWith({
    id: 'RHSA-2024:1',
    severity: [],
    database_specific: { severity: 'Important', cves: { 'CVE-2024-1': { impact: 'low' } } },
  }).advisory;
  expect(ratings).toEqual([
    { source: 'redhat', word: 'low', of: 'CVE-2024-1' },
    { source: 'redhat', word: 'important' },
  ]);
});

/** Nothing, or what went wrong besides that it is no record. */
function faultOf(value: JsonValue): unknown {
  try {
    readOsvRecord(value);
    return undefined;
  } catch (error) {
    return error instanceof RecordError ? undefined : error;
  }
}

test('reads whatever it is given, or says what is wrong with it', () => {
  const anything = jsonValue({ maxDepth: 4 }) as Arbitrary<JsonValue>;
  assert(
    property(anything, anything, (value, part) => {
      const records = [value, { ...record, affected: [part] }, { ...record, severity: part, references: part }];
      expect(records.map(faultOf)).toEqual([undefined, undefined, undefined]);
    }),
    { numRuns: 500 },
  );
});
