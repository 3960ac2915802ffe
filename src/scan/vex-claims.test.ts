import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { array, assert, constantFrom, option, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vulnerability, vulnerableImage } from '../../test/vulnerable-image.ts';
import { readVex } from '../advisories/vex/read-vex.ts';
import { exemplarContents } from '../model/exemplar-contents.ts';
import {
  type Vulnerability,
  vexJustifications,
  type VulnerabilityWaiver,
  waiverStatuses,
} from '../model/vulnerability.ts';
import type { Scanned } from './scan-target.ts';
import { withVex } from './vex.ts';
import { openVexOf } from './vex-claims.ts';

const now = new Date('2026-07-01T12:00:00Z');
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const schema = new URL('../../test/schemas/openvex-0.2.0.json', import.meta.url);
const isOpenVex = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

const waiver: VulnerabilityWaiver = {
  vulnerability: 'CVE-*',
  reason: 'only used while building',
  owner: 'shop-team',
  until: '2027-01-31',
  status: 'affected',
};

function scanned(...found: readonly Vulnerability[]): Scanned {
  return scannedAs('shop/web:1', found);
}

function scannedAs(name: string, found: readonly Vulnerability[]): Scanned {
  const image = vulnerableImage(found, {});
  const id = `sha256:${'ab'.repeat(32)}`;
  const { contents = exemplarContents } = image;
  return { target: { kind: 'engine', name, source: '' }, image: { ...image, id }, contents };
}

/** What is written, checked against the format's schema. */
function written(...found: readonly Vulnerability[]): string | undefined {
  const text = openVexOf([scanned(...found)], '0.1.0', now);
  if (text === undefined) return undefined;
  isOpenVex(JSON.parse(text));
  expect(isOpenVex.errors).toBe(null);
  return text;
}

/** What the same image is told by what was written about it. */
function readBack(...found: readonly Vulnerability[]) {
  const text = written(...found);
  if (text === undefined) return [];
  const bare = found.map(({ waiver: _waiver, vex: _vex, ...each }) => each);
  const { contents } = withVex(scanned(...bare), readVex(text, 'out.json'), now);
  return contents.vulnerabilities?.found.map(({ vex }) => vex) ?? [];
}

describe('a waiver', () => {
  test('of what is accepted says so, by whom and until when', () => {
    expect(readBack(vulnerability({ waiver }))).toEqual([
      {
        status: 'affected',
        impact: 'only used while building',
        action: 'The risk is accepted by shop-team until 2027-01-31.',
        author: 'Plimsoll',
        source: 'out.json',
      },
    ]);
  });

  test.each(['shop/web:1', 'localhost:5000/shop/web', 'registry.example:443/web:1@sha256:00'])(
    'is about %s',
    (name) => {
      const text = openVexOf([scannedAs(name, [vulnerability({ waiver })])], '0.1.0', now);
      expect(text).toContain(`"pkg:oci/web@sha256:${'ab'.repeat(32)}"`);
    },
  );

  test('of what is not affected says why', () => {
    const status = 'not-affected';
    expect(readBack(vulnerability({ waiver: { ...waiver, status } }))).toMatchObject([
      { status, impact: 'only used while building' },
    ]);
    const justification = 'component-not-present';
    expect(readBack(vulnerability({ waiver: { ...waiver, status, justification } }))).toMatchObject([
      { status, justification, impact: 'only used while building' },
    ]);
  });

  test('comes before what a VEX document and the vendor say', () => {
    const vex = { status: 'fixed', author: 'maker', source: 'v' } as const;
    const investigated = { ...waiver, status: 'under-investigation' } as const;
    expect(readBack(vulnerability({ vex, status: 'not-affected', waiver: investigated }))).toMatchObject([
      { status: 'under-investigation' },
    ]);
    expect(readBack(vulnerability({ vex, status: 'not-affected' }))).toMatchObject([{ status: 'fixed' }]);
    expect(readBack(vulnerability({ status: 'not-affected' }))).toMatchObject([{ status: 'not-affected' }]);
  });

  test('of the command line, or one that has expired, states nothing', () => {
    const { owner: _, ...ignored } = waiver;
    expect(written(vulnerability({ waiver: ignored }))).toBeUndefined();
    expect(written(vulnerability({ expiredWaiver: waiver }))).toBeUndefined();
    // Somebody else may still have said something.
    expect(readBack(vulnerability({ waiver: ignored, status: 'not-affected' }))).toMatchObject([
      { status: 'not-affected' },
    ]);
  });

  test('whatever it says, is valid, and gives the same verdict when it is read', () => {
    const words = string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '');
    const waivers = record({
      status: constantFrom(...waiverStatuses),
      reason: words,
      owner: words,
      justification: option(constantFrom(...vexJustifications)),
    });
    assert(
      property(array(waivers, { minLength: 1, maxLength: 5 }), (list) => {
        const found = list.map(({ justification, ...each }, index) =>
          vulnerability({
            id: `CVE-2024-${index}`,
            waiver: {
              ...waiver,
              ...each,
              ...(each.status === 'not-affected' && justification !== null ? { justification } : {}),
            },
          }),
        );
        const verdicts = readBack(...found);
        expect(verdicts.map((each) => [each?.status, each?.justification, each?.impact])).toEqual(
          found.map(({ waiver: each }) => [each?.status, each?.justification, each?.reason]),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is certain by the package itself', () => {
  const headers = 'pkg:deb/debian/linux-libc-dev@6.1.55-1?arch=amd64&distro=debian-12';

  test('is stated: headers of the interface hold no code of the kernel', () => {
    const [statement] = (JSON.parse(written(vulnerability({ purl: headers })) ?? '') as { statements: object[] })
      .statements;
    expect(statement).toMatchObject({ status: 'not_affected', justification: 'vulnerable_code_not_present' });
  });

  test('is stated of no other package', () => {
    expect(written(vulnerability({ purl: 'pkg:deb/debian/linux-headers-6.1.0-13-amd64@6.1.55-1' }))).toBeUndefined();
    expect(written(vulnerability())).toBeUndefined();
    expect(written(vulnerability({ coveredBy: 'pkg:deb/debian/a@1' }))).toBeUndefined();
  });

  test('comes after whatever anybody says', () => {
    expect(written(vulnerability({ purl: headers, waiver }))).toContain('"status": "affected"');
    expect(written(vulnerability({ purl: headers, status: 'under-investigation' }))).toContain('under_investigation');
  });
});
