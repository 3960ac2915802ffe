import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import {
  array,
  assert,
  constantFrom,
  dictionary,
  type Arbitrary,
  integer,
  oneof,
  option,
  property,
  record,
  shuffledSubarray,
  string,
  stringMatching,
  uniqueArray,
} from 'fast-check';
import { expect, test } from 'vitest';
import { writePurl } from '../../model/purl.ts';
import { readVex } from './read-vex.ts';
import { vexJustifications } from '../../model/vulnerability.ts';
import { type VexProduct, vexStatuses } from './statement.ts';
import { isImagePurl, latestSecond } from './vex-fields.ts';
import { noAction, noReason, type VexClaim, writeOpenVex } from './write-open-vex.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const schema = new URL('../../../test/schemas/openvex-0.2.0.json', import.meta.url);
const isOpenVex = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

const author = 'Shop <security@shop.example>';
const timestamp = 1_700_000_000;

function written(statements: readonly VexClaim[]): string {
  return writeOpenVex({ author, timestamp, toolVersion: '0.1.0', statements });
}

const purl = record(
  {
    type: constantFrom('npm', 'deb', 'golang', 'oci', 'docker', 'generic'),
    namespace: string({ unit: 'binary', minLength: 1, maxLength: 10 }),
    name: string({ unit: 'binary', minLength: 1, maxLength: 10 }),
    version: string({ unit: 'binary', maxLength: 10 }),
    qualifiers: dictionary(stringMatching(/^[a-z]{1,6}$/), string({ unit: 'binary', maxLength: 8 })).map(
      (qualifiers) => new Map(Object.entries(qualifiers)),
    ),
  },
  { requiredKeys: ['type', 'name', 'qualifiers'] },
).map(writePurl);

const digest = stringMatching(/^[\da-f]{64}$/).map((digits) => `sha256:${digits}`);
const subcomponents = uniqueArray(purl, { maxLength: 3 }).map((purls) => purls.toSorted());
const product: Arbitrary<VexProduct> = oneof(
  record({ purl, subcomponents }),
  record({ digest, subcomponents }),
  record({ purl: purl.filter(isImagePurl), digest, subcomponents }),
);
const name = string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());
const words = string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

const claim: Arbitrary<VexClaim> = record(
  {
    vulnerability: name,
    aliases: uniqueArray(name, { maxLength: 3 }),
    products: uniqueArray(product, { minLength: 1, maxLength: 3, selector: (each) => JSON.stringify(each) }),
    status: constantFrom(...vexStatuses),
    justification: constantFrom(...vexJustifications),
    impact: words,
    action: words,
    since: integer({ min: 0, max: latestSecond }),
  },
  { requiredKeys: ['vulnerability', 'aliases', 'products', 'status'] },
);

/** What a statement is once it was written: with what the format asks for, and in one order. */
function settled(each: VexClaim): string {
  const isFree = each.status === 'not-affected';
  const impact = each.impact ?? (isFree && each.justification === undefined ? noReason : undefined);
  const action = each.action ?? (each.status === 'affected' ? noAction : undefined);
  return JSON.stringify([
    each.vulnerability,
    each.aliases.filter((alias) => alias !== each.vulnerability).toSorted(),
    each.products.map((one) => JSON.stringify([one.purl, one.digest, one.subcomponents])).toSorted(),
    each.status,
    each.justification,
    impact,
    action,
    each.since ?? timestamp,
  ]);
}

test('what is written is read back, and is as the format has it', () => {
  assert(
    property(array(claim, { minLength: 1, maxLength: 4 }), (claims) => {
      const text = written(claims);
      const { statements, gaps } = readVex(text, 'own.json');
      expect(gaps).toEqual([]);
      expect(statements.every((each) => each.author === author && each.source === 'own.json')).toBe(true);
      expect(new Set(statements.map(settled))).toEqual(new Set(claims.map(settled)));
      isOpenVex(JSON.parse(text));
      expect(isOpenVex.errors ?? []).toEqual([]);
    }),
  );
});

test('the same statements give the same document in any order', () => {
  const order = array(claim, { minLength: 1, maxLength: 5 }).chain((claims) =>
    record({
      claims: constantFrom(claims),
      shuffled: shuffledSubarray(claims, { minLength: claims.length }),
      again: option(constantFrom(...claims), { nil: undefined }),
    }),
  );
  assert(
    property(order, ({ claims, shuffled, again }) => {
      const mixed = shuffled.map((each) => ({
        ...each,
        aliases: each.aliases.toReversed(),
        products: each.products.toReversed(),
      }));
      expect(written([...mixed, ...(again ? [again] : [])])).toBe(written(claims));
    }),
  );
});

test('a document', () => {
  const text = written([
    {
      vulnerability: 'CVE-2024-1',
      aliases: ['GHSA-x'],
      products: [{ purl: 'pkg:oci/web', digest: `sha256:${'ab'.repeat(32)}`, subcomponents: ['pkg:npm/a@1'] }],
      status: 'not-affected',
      justification: 'vulnerable-code-not-present',
      impact: 'Taken out.',
      since: 0,
    },
  ]);
  expect(JSON.parse(text)).toEqual({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': expect.stringMatching(/^https:\/\/openvex\.dev\/docs\/plimsoll\/vex-[\da-f]{64}$/),
    author,
    timestamp: '2023-11-14T22:13:20Z',
    version: 1,
    tooling: 'Plimsoll 0.1.0',
    statements: [
      {
        vulnerability: { name: 'CVE-2024-1', aliases: ['GHSA-x'] },
        timestamp: '1970-01-01T00:00:00Z',
        products: [
          {
            '@id': 'pkg:oci/web',
            identifiers: { purl: 'pkg:oci/web' },
            hashes: { 'sha-256': 'ab'.repeat(32) },
            subcomponents: [{ '@id': 'pkg:npm/a@1', identifiers: { purl: 'pkg:npm/a@1' } }],
          },
        ],
        status: 'not_affected',
        status_notes: 'Taken out.',
        justification: 'vulnerable_code_not_present',
      },
    ],
  });
});

test('another statement, author or time is another document', () => {
  const each: VexClaim = {
    vulnerability: 'CVE-1',
    aliases: [],
    products: [{ purl: 'pkg:npm/a', subcomponents: [] }],
    status: 'fixed',
  };
  const head = { author, timestamp, toolVersion: '0.1.0', statements: [each] };
  const ids = [
    head,
    { ...head, author: 'x' },
    { ...head, timestamp: 1 },
    { ...head, statements: [{ ...each, since: 1 }] },
  ].map((one) => (JSON.parse(writeOpenVex(one)) as Record<string, unknown>)['@id']);
  expect(new Set(ids).size).toBe(4);
});
