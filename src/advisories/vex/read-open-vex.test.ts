import { describe, expect, test } from 'vitest';
import { readVex } from './read-vex.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

function read(statements: readonly unknown[], head: object = {}) {
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex-1',
    author: 'Shop <security@shop.example>',
    timestamp: '2024-01-02T03:04:05Z',
    version: 1,
    statements,
    ...head,
  };
  return readVex(JSON.stringify(document), 'shop.vex.json');
}

function gapsOf({ gaps }: ReturnType<typeof read>): readonly string[] {
  return gaps.map(({ reason }) => reason.en);
}

test('a statement with all that it may have', () => {
  const { statements, gaps } = read([
    {
      vulnerability: { '@id': 'https://nvd.example/CVE-2024-1', name: 'CVE-2024-1', aliases: ['GHSA-x', 'CVE-2024-1'] },
      products: [
        {
          '@id': 'pkg:oci/web@sha256%3Aabc?repository_url=registry.example/shop/web',
          subcomponents: [{ '@id': 'pkg:npm/@a/b@1.0.0' }, { identifiers: { purl: 'pkg:deb/debian/zlib1g' } }],
        },
        {
          '@id': 'https://shop.example/web',
          identifiers: { purl: 'pkg:oci/web' },
          hashes: { 'sha-256': 'ab'.repeat(32) },
        },
        { '@id': `registry.example/shop/web@${digest}` },
      ],
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
      impact_statement: 'Never called.',
      timestamp: '2024-02-01T00:00:00.123456789+01:00',
      last_updated: '2024-03-01T00:00:00Z',
    },
  ]);
  expect(gaps).toEqual([]);
  expect(statements).toEqual([
    {
      vulnerability: 'CVE-2024-1',
      aliases: ['GHSA-x'],
      products: [
        {
          purl: 'pkg:oci/web@sha256:abc?repository_url=registry.example%2Fshop%2Fweb',
          subcomponents: ['pkg:npm/%40a/b@1.0.0', 'pkg:deb/debian/zlib1g'],
        },
        { purl: 'pkg:oci/web', digest, subcomponents: [] },
        { digest, subcomponents: [] },
      ],
      status: 'not-affected',
      justification: 'vulnerable-code-not-in-execute-path',
      impact: 'Never called.',
      since: Date.UTC(2024, 2, 1) / 1000,
      author: 'Shop <security@shop.example>',
      source: 'shop.vex.json',
    },
  ]);
});

test('before 0.2.0, vulnerabilities and products are texts, and parts stand beside them', () => {
  const { statements } = read(
    [
      {
        vulnerability: 'CVE-2023-1',
        products: ['pkg:apk/wolfi/git@2.39.0-r1?arch=x86_64', 'pkg:apk/wolfi/git@2.39.0-r1?arch=armv7'],
        subcomponents: ['pkg:golang/stdlib@1.20'],
        status: 'affected',
        action_statement: 'Update.',
      },
    ],
    { '@context': 'https://openvex.dev/ns' },
  );
  expect(statements).toMatchObject([
    {
      vulnerability: 'CVE-2023-1',
      products: [
        { purl: 'pkg:apk/wolfi/git@2.39.0-r1?arch=x86_64', subcomponents: ['pkg:golang/stdlib@1.20'] },
        { purl: 'pkg:apk/wolfi/git@2.39.0-r1?arch=armv7', subcomponents: ['pkg:golang/stdlib@1.20'] },
      ],
      status: 'affected',
      action: 'Update.',
      since: Date.UTC(2024, 0, 2, 3, 4, 5) / 1000,
    },
  ]);
});

test.each([
  ['the statement itself', { timestamp: '2024-05-01T00:00:00Z' }, { last_updated: '2024-06-01T00:00:00Z' }, 4],
  ['the last change of the document', {}, { last_updated: '2024-06-01T00:00:00Z' }, 5],
])('the time is that of %s', (_, statement, head, month) => {
  const { statements } = read(
    [{ vulnerability: 'CVE-1', products: ['pkg:npm/a'], status: 'fixed', ...statement }],
    head,
  );
  expect(statements[0]?.since).toBe(Date.UTC(2024, month, 1) / 1000);
});

describe('what cannot be read is said, and the rest goes on', () => {
  const good = { vulnerability: { name: 'CVE-1' }, products: [{ '@id': 'pkg:npm/a' }], status: 'fixed' };
  test.each<[string, unknown, string, string]>([
    ['no vulnerability', { ...good, vulnerability: {} }, 'names no vulnerability', 'statements[0]'],
    ['no status', { ...good, status: 'fine' }, 'no status', 'statements[0]'],
    ['no product', { ...good, products: undefined }, 'no product', 'statements[0]'],
    ['a CPE only', { ...good, products: [{ identifiers: { cpe23: 'cpe:2.3:a:b:c' } }] }, 'package URL', 'products[0]'],
    ['no object', 7, 'no status', 'statements[0]'],
  ])('%s', (_, statement, reason, place) => {
    const reading = read([statement, good]);
    expect(reading.statements).toHaveLength(1);
    expect(gapsOf(reading)[0]).toContain(reason);
    expect(gapsOf(reading)[0]).toContain(place);
  });

  test('an image whose parts cannot be told does not count as a whole', () => {
    const reading = read([{ ...good, products: [{ '@id': 'pkg:oci/web', subcomponents: [{ '@id': 'urn:x' }] }] }]);
    expect(reading.statements).toEqual([]);
    expect(gapsOf(reading)).toEqual([expect.stringContaining('statements[0].products[0].subcomponents[0]')]);
  });

  test('a newer version of the format is read as far as it goes', () => {
    const reading = read([good], { '@context': 'https://openvex.dev/ns/v1.0.0' });
    expect(reading.statements).toHaveLength(1);
    expect(gapsOf(reading)).toEqual([expect.stringContaining('v1.0.0')]);
  });
});

test('an attestation says which image its statements are about', () => {
  const predicate = {
    '@context': ['https://openvex.dev/ns/v0.2.0'],
    statements: [{ vulnerability: { name: 'CVE-1' }, status: 'fixed' }],
  };
  const attestation = {
    predicateType: 'https://openvex.dev/ns/v0.2.0',
    subject: [{ name: 'registry.example/shop/web', digest: { sha256: 'ab'.repeat(32) } }],
    predicate,
  };
  expect(readVex(JSON.stringify(attestation), 'a.json').statements).toMatchObject([
    { products: [{ digest, subcomponents: [] }], author: '' },
  ]);
});
