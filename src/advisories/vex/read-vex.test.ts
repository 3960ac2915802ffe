import { assert, constantFrom, json, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedJson } from '../../../test/changed-json.ts';
import { PlimsollError } from '../../model/error.ts';
import { parsePurl } from '../../model/purl.ts';
import { readVex } from './read-vex.ts';
import { longestVex, mostProducts, mostStatements, vexStatuses } from './statement.ts';

const openVex = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  author: 'a',
  timestamp: '2024-01-01T00:00:00Z',
  statements: [
    {
      vulnerability: { '@id': 'https://x.example/CVE-1', name: 'CVE-1', aliases: ['GHSA-1'] },
      products: [
        {
          '@id': 'pkg:oci/web',
          identifiers: { purl: 'pkg:oci/web' },
          hashes: { 'sha-256': 'ab'.repeat(32) },
          subcomponents: [{ '@id': 'pkg:npm/a' }],
        },
        'pkg:npm/b',
      ],
      subcomponents: ['pkg:npm/c'],
      status: 'not_affected',
      justification: 'component_not_present',
      impact_statement: 'x',
      timestamp: '2024-01-01T00:00:00Z',
    },
  ],
};

const cycloneDx = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  metadata: {
    timestamp: '2024-01-01T00:00:00Z',
    supplier: { name: 'a' },
    authors: [{ name: 'b' }],
    component: {
      type: 'container',
      'bom-ref': 'x',
      version: `sha256:${'ab'.repeat(32)}`,
      hashes: [{ alg: 'SHA-256' }],
    },
  },
  components: [{ 'bom-ref': 'a', purl: 'pkg:npm/a@1', components: [{ 'bom-ref': 'b', purl: 'pkg:npm/b@1' }] }],
  vulnerabilities: [
    {
      id: 'CVE-1',
      references: [{ id: 'GHSA-1' }],
      recommendation: 'x',
      analysis: { state: 'exploitable', justification: 'code_not_present', response: ['update'], detail: 'x' },
      affects: [{ ref: 'a', versions: [{ version: '1', status: 'affected' }, { range: 'vers:npm/*' }] }, { ref: 'b' }],
    },
  ],
};

const csaf = {
  document: {
    csaf_version: '2.0',
    publisher: { name: 'a' },
    tracking: { current_release_date: '2024-01-01T00:00:00Z' },
  },
  product_tree: {
    branches: [{ branches: [{ product: { product_id: 'a', product_identification_helper: { purl: 'pkg:npm/a' } } }] }],
    full_product_names: [
      { product_id: 'b', product_identification_helper: { cpe: 'cpe:/o:redhat:enterprise_linux:9' } },
    ],
    relationships: [
      { full_product_name: { product_id: 'c' }, product_reference: 'a', relates_to_product_reference: 'b' },
      { full_product_name: { product_id: 'd' }, product_reference: 'c', relates_to_product_reference: 'd' },
    ],
    product_groups: [{ group_id: 'g', product_ids: ['a', 'c'] }],
  },
  vulnerabilities: [
    {
      cve: 'CVE-1',
      ids: [{ text: 'x' }],
      product_status: { known_not_affected: ['a', 'c'], known_affected: ['d'], recommended: ['b'] },
      flags: [{ label: 'component_not_present', group_ids: ['g'] }],
      threats: [{ category: 'impact', details: 'x', product_ids: ['a'] }],
      remediations: [{ category: 'vendor_fix', details: 'x', product_ids: ['d'] }],
    },
  ],
};

const attestation = {
  predicateType: 'https://openvex.dev/ns',
  subject: [{ name: 'pkg:oci/a', digest: { sha256: 'ab'.repeat(32) } }],
  predicate: { '@context': ['https://openvex.dev/ns'], statements: [{ vulnerability: 'CVE-1', status: 'fixed' }] },
};

describe('what is no VEX is refused with the file and the field', () => {
  test.each([
    ['nothing', '', 'no valid JSON'],
    ['XML', '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', 'no valid JSON'],
    ['a list', '[]', 'no JSON object'],
    ['something else', '{"a":1}', '`bomFormat`'],
    ['OpenVEX without statements', '{"@context":"https://openvex.dev/ns"}', '`statements`'],
    ['a bill that says nothing of vulnerabilities', '{"bomFormat":"CycloneDX","components":[]}', '`vulnerabilities`'],
    ['CSAF without vulnerabilities', '{"document":{"csaf_version":"2.0"}}', '`vulnerabilities`'],
    ['what is too large', ' '.repeat(longestVex + 1), 'at most 64 MB'],
  ])('%s', (_, text, reason) => {
    expect(() => readVex(text, 'vex.json')).toThrow(
      expect.objectContaining({
        name: 'PlimsollError',
        code: 'file-unreadable',
        text: expect.objectContaining({ en: expect.stringMatching(new RegExp(`^vex.json .*${reason}`)) }),
        advice: expect.anything(),
      }),
    );
  });
});

test('a mark of the byte order is nothing', () => {
  expect(readVex(`\uFEFF${JSON.stringify(openVex)}`, 'vex.json').statements).toHaveLength(1);
});

test('reads whatever it is given', () => {
  const begin = constantFrom(
    '',
    '{"@context":"https://openvex.dev/ns","statements":',
    '{"bomFormat":"CycloneDX","vulnerabilities":',
    '{"document":{"csaf_version":"2.0"},"vulnerabilities":',
    '{"predicateType":"x","predicate":',
  );
  assert(
    property(begin, oneof(json(), string({ unit: 'binary' })), constantFrom('', '}'), (start, middle, end) => {
      expect(isReadOrRefused(start + middle + end)).toBe(true);
    }),
  );
});

describe('wrong types in every place', () => {
  test.each<[string, object]>([
    ['OpenVEX', openVex],
    ['CycloneDX', cycloneDx],
    ['CSAF', csaf],
    ['an attestation', attestation],
  ])('%s', (_, document) => {
    expect(isReadOrRefused(JSON.stringify(document))).toBe(true);
    assert(
      property(changedJson(document), (changed) => {
        expect(isReadOrRefused(JSON.stringify(changed))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Statements of the right shape, or the one error that users see. */
function isReadOrRefused(text: string): boolean {
  try {
    const { statements, gaps } = readVex(text, 'vex');
    return (
      gaps.every(({ known, path }) => !known && path === 'vex') &&
      statements.every(
        ({ vulnerability, aliases, products, status, since = 0, author, impact = '', action = '' }) =>
          vulnerability !== '' &&
          [author, impact, action, ...aliases].every((each) => typeof each === 'string') &&
          vexStatuses.includes(status) &&
          Number.isInteger(since) &&
          products.length > 0 &&
          products.every(
            ({ purl, digest, subcomponents }) =>
              (purl ?? digest) !== undefined &&
              [...(purl === undefined ? [] : [purl]), ...subcomponents].every((each) => parsePurl(each)),
          ),
      )
    );
  } catch (error) {
    return error instanceof PlimsollError && error.code === 'file-unreadable';
  }
}

describe('hostile documents are read as far as the bounds go', () => {
  test('very many statements', () => {
    const statement = '{"vulnerability":"CVE-1","products":["pkg:npm/a"],"status":"fixed"},';
    const text = `{"@context":"https://openvex.dev/ns","statements":[${statement.repeat(150_000)}7]}`;
    const { statements, gaps } = readVex(text, 'vex.json');
    expect(statements).toHaveLength(mostStatements);
    expect(gaps.map(({ reason }) => reason.en)).toEqual([
      expect.stringMatching(/^50001 statements .*statements\[100000\]/),
    ]);
  });

  test('too many products of one statement', () => {
    const products = '7,'.repeat(mostProducts + 1);
    const text = `{"@context":"https://openvex.dev/ns","statements":[{"vulnerability":"CVE-1","status":"fixed","products":[${products}"pkg:npm/b"]},{"vulnerability":"CVE-2","products":["pkg:npm/a"],"status":"fixed"}]}`;
    const { statements, gaps } = readVex(text, 'vex.json');
    expect(statements.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2']);
    expect(gaps).toHaveLength(1);
  });

  test('lists in lists', () => {
    const deep = '['.repeat(2_000_000) + ']'.repeat(2_000_000);
    expect(isReadOrRefused(`{"@context":"https://openvex.dev/ns","statements":${deep}}`)).toBe(true);
  });

  test('long names and texts', () => {
    const long = 'x'.repeat(1_000_000);
    const statement = { vulnerability: 'CVE-1', products: ['pkg:npm/a', `pkg:npm/${long}`], status: 'fixed' };
    const { statements, gaps } = readVex(
      JSON.stringify({
        '@context': 'https://openvex.dev/ns',
        statements: [
          { ...statement, status_notes: long },
          { ...statement, vulnerability: long },
        ],
      }),
      'vex.json',
    );
    expect(statements).toHaveLength(1);
    expect(JSON.stringify([statements, gaps]).length).toBeLessThan(10_000);
  });

  test('components in components', () => {
    const depth = 100_000;
    const text = `{"bomFormat":"CycloneDX","specVersion":"1.6","vulnerabilities":[],${'"components":[{'.repeat(depth)}${'}]'.repeat(depth)}}`;
    expect(readVex(text, 'bom.json').gaps.map(({ reason }) => reason.en)).toEqual([
      expect.stringContaining('too deep'),
    ]);
  });
});
