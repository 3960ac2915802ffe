import { describe, expect, test } from 'vitest';
import { readVex } from './read-vex.ts';

const serial = '3e671687-395b-41f5-a30f-a58921a69b79';

const vulnerability = {
  id: 'CVE-2020-25649',
  references: [{ id: 'GHSA-288c-cq4h-88gq', source: { name: 'GitHub' } }],
  analysis: {
    state: 'not_affected',
    justification: 'code_not_reachable',
    response: ['will_not_fix'],
    detail: 'No XML is read.',
    lastUpdated: '2024-02-03T00:00:00Z',
  },
  affects: [{ ref: 'databind' }],
};

function read(change: object, head: object = {}) {
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    metadata: { timestamp: '2024-01-01T00:00:00Z', supplier: { name: 'Shop' } },
    components: [
      {
        type: 'library',
        name: 'outer',
        components: [
          { type: 'library', 'bom-ref': 'databind', purl: 'pkg:maven/com.fasterxml/databind@2.10.0?type=jar' },
        ],
      },
      { type: 'library', 'bom-ref': 'nameless', name: 'x' },
    ],
    vulnerabilities: [{ ...vulnerability, ...change }],
    ...head,
  };
  return readVex(JSON.stringify(document), 'bom.json');
}

function purlsOf(reading: ReturnType<typeof read>): readonly unknown[] {
  return reading.statements.flatMap(({ status, products }) => products.map(({ purl }) => [status, purl]));
}

test('what a bill says of a component', () => {
  const { statements, gaps } = read({});
  expect(gaps).toEqual([]);
  expect(statements).toEqual([
    {
      vulnerability: 'CVE-2020-25649',
      aliases: ['GHSA-288c-cq4h-88gq'],
      products: [{ purl: 'pkg:maven/com.fasterxml/databind@2.10.0?type=jar', subcomponents: [] }],
      status: 'not-affected',
      justification: 'vulnerable-code-not-in-execute-path',
      impact: 'No XML is read.',
      since: Date.UTC(2024, 1, 3) / 1000,
      author: 'Shop',
      source: 'bom.json',
    },
  ]);
});

describe('states', () => {
  test.each([
    ['resolved', 'fixed'],
    ['resolved_with_pedigree', 'fixed'],
    ['exploitable', 'affected'],
    ['in_triage', 'under-investigation'],
    ['false_positive', 'not-affected'],
    ['not_affected', 'not-affected'],
  ])('%s', (state, status) => {
    expect(read({ analysis: { state } }).statements[0]?.status).toBe(status);
  });
});

test('what is coarser on our list of justifications is kept in its own word', () => {
  expect(
    read({ analysis: { state: 'not_affected', justification: 'protected_at_perimeter' } }).statements,
  ).toMatchObject([{ justification: 'inline-mitigations-already-exist', impact: 'protected_at_perimeter' }]);
});

test('what to do', () => {
  const analysis = { state: 'exploitable', response: ['update', 'rollback'] };
  expect(read({ analysis }).statements[0]?.action).toBe('update, rollback');
  expect(read({ analysis, recommendation: 'Take 2.11.' }).statements[0]?.action).toBe('Take 2.11.');
});

describe('statements are about a component within what the bill is of', () => {
  test('an image', () => {
    const component = { type: 'container', name: 'web', purl: 'pkg:oci/web@sha256:ab', 'bom-ref': 'image' };
    expect(read({}, { metadata: { component } }).statements[0]?.products).toEqual([
      { purl: 'pkg:oci/web@sha256:ab', subcomponents: ['pkg:maven/com.fasterxml/databind@2.10.0?type=jar'] },
    ]);
    expect(read({ affects: [{ ref: 'image' }] }, { metadata: { component } }).statements[0]?.products).toEqual([
      { purl: 'pkg:oci/web@sha256:ab', subcomponents: [] },
    ]);
  });

  test('an image that only its digest tells', () => {
    const digest = `sha256:${'cd'.repeat(32)}`;
    const component = { type: 'container', name: 'web', version: digest };
    expect(read({}, { metadata: { component } }).statements[0]?.products).toEqual([
      { digest, subcomponents: ['pkg:maven/com.fasterxml/databind@2.10.0?type=jar'] },
    ]);
  });
});

describe('references', () => {
  test.each([
    ['to this document', `urn:cdx:${serial}/1#databind`, 'pkg:maven/com.fasterxml/databind@2.10.0?type=jar'],
    ['to another, by purl', `urn:cdx:${serial.replace('3', '4')}/1#pkg:npm/a@1`, 'pkg:npm/a@1'],
    [
      'to another, by encoded purl',
      `urn:cdx:${serial.replace('3', '4')}/1#pkg%3Anpm%2F%2540s%2Fa%401`,
      'pkg:npm/%40s/a@1',
    ],
    ['that are purls', 'pkg:npm/a@1', 'pkg:npm/a@1'],
  ])('%s', (_, ref, purl) => {
    expect(read({ affects: [{ ref }] }).statements[0]?.products).toEqual([{ purl, subcomponents: [] }]);
  });

  test.each([
    [`urn:cdx:${serial.replace('3', '4')}/1#databind`, 'lead to nothing', 'leads to nothing'],
    ['nowhere', 'lead to nothing', 'leads to nothing'],
    ['nameless', 'package URL', 'package URL'],
  ])('%s cannot be told', (ref, _, reason) => {
    const { statements, gaps } = read({ affects: [{ ref }, { ref: 'databind' }] });
    expect(statements[0]?.products).toHaveLength(1);
    expect(gaps.map((gap) => gap.reason.en)).toEqual([expect.stringMatching(new RegExp(`${reason}.*affects\\[0\\]`))]);
  });
});

test('single versions have their own status', () => {
  const versions = [
    { version: '1', status: 'unaffected' },
    { version: '2', status: 'affected' },
    { version: '3', status: 'unknown' },
    { version: '4' },
    { range: 'vers:maven/>=5|<6', status: 'unaffected' },
    { range: 'vers:maven/*', status: 'unaffected' },
  ];
  const reading = read({ affects: [{ ref: 'pkg:maven/a/b@0', versions }] });
  expect(purlsOf(reading)).toEqual([
    ['not-affected', 'pkg:maven/a/b@1'],
    ['not-affected', 'pkg:maven/a/b@4'],
    ['not-affected', 'pkg:maven/a/b@0'],
    ['affected', 'pkg:maven/a/b@2'],
    ['under-investigation', 'pkg:maven/a/b@3'],
  ]);
  expect(reading.statements.map(({ justification }) => justification)).toEqual([
    'vulnerable-code-not-in-execute-path',
    undefined,
    undefined,
  ]);
  expect(reading.gaps.map(({ reason }) => reason.en)).toEqual([expect.stringContaining('versions[4]')]);
});

test('a vulnerability that nobody has analysed is no statement', () => {
  const { statements, gaps } = read({ analysis: undefined });
  expect(statements).toEqual([]);
  expect(gaps.map(({ reason }) => reason.en)).toEqual([expect.stringContaining('no status')]);
});
