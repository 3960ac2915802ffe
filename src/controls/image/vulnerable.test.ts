import { describe, expect, test } from 'vitest';
import { image, judge, opened } from '../../../test/subjects.ts';
import { vulnerability, vulnerableImage, vulnerablePurl as purl } from '../../../test/vulnerable-image.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import { severities } from '../../model/severity.ts';
import type { Vulnerability, VulnerabilityStatus, VulnerabilityWaiver } from '../../model/vulnerability.ts';
import { imageNoExploited } from './image-no-exploited.ts';
import { imageNoFixableHigh } from './image-no-fixable-high.ts';
import { imageNoUnfixedHigh } from './image-no-unfixed-high.ts';

const family = [imageNoExploited, imageNoFixableHigh, imageNoUnfixedHigh] as const;

function verdictOn(index: number, found: readonly Vulnerability[], change = {}) {
  const subject = vulnerableImage(found, change);
  return [
    () => judge(imageNoExploited, subject),
    () => judge(imageNoFixableHigh, subject),
    () => judge(imageNoUnfixedHigh, subject),
  ][index]?.();
}

/** The ids of the controls that fail. */
function failing(found: readonly Vulnerability[]): readonly string[] {
  return family.filter((_, index) => verdictOn(index, found)?.status === 'fail').map(({ id }) => id);
}

const statuses: readonly VulnerabilityStatus[] = [
  'fixed',
  'affected',
  'will-not-fix',
  'deferred',
  'end-of-life',
  'under-investigation',
  'not-affected',
];
const waiver: VulnerabilityWaiver = {
  vulnerability: 'CVE-2024-1',
  reason: 'never run',
  owner: 'shop',
  until: '2027-01-31',
  status: 'affected',
};

describe.each(statuses)('what is %s', (status) => {
  const severe = status !== 'not-affected' && status !== 'under-investigation';

  test.each([...severities, 'unknown'] as const)('and %s is a matter of at most one control', (level) => {
    const one = vulnerability({ status, severity: { level, source: 'debian' } });
    const isHigh = level === 'critical' || level === 'high';
    const own = status === 'fixed' ? 'image-no-fixable-high' : 'image-no-unfixed-high';
    expect(failing([one])).toEqual(isHigh && severe ? [own] : []);
  });

  test.each([...severities, 'unknown'] as const)(
    'and %s always fails once it is exploited, unless it is not here',
    (level) => {
      const one = vulnerability({ status, severity: { level, source: 'debian' }, exploitedSince: '2024-01-01' });
      expect(failing([one])).toEqual(status === 'not-affected' ? [] : ['image-no-exploited']);
    },
  );
});

test.each([
  ['a waiver', { waiver }],
  ['a VEX document that says not affected', { vex: { status: 'not-affected', author: '', source: 'v' } }],
  ['a VEX document that says fixed', { vex: { status: 'fixed', author: '', source: 'v' } }],
  ['the package of the system that speaks for it', { coveredBy: purl }],
] as const)('%s keeps it from counting, and the verdict tells that there is one', (_, change) => {
  for (const [index, own] of [{ exploitedSince: '2024-01-01' }, {}, { status: 'affected' as const }].entries()) {
    expect(failing([vulnerability(own)])).toHaveLength(1);
    expect(failing([vulnerability({ ...own, ...change })])).toEqual([]);
    expect(verdictOn(index, [vulnerability({ ...own, ...change })])).toMatchObject({
      status: 'pass',
      message: {
        en: 'Advisories know of none that counts; 1 is waived or said not to matter here.',
        zh: expect.stringContaining('另有 1 个'),
      },
    });
    expect(verdictOn(index, [])?.message.en).toBe('Advisories know of none.');
  }
});

test.each([
  ['an expired waiver', { expiredWaiver: waiver }],
  ['a VEX document that says affected', { vex: { status: 'affected', author: '', source: 'v' } }],
  ['a VEX document that says under investigation', { vex: { status: 'under-investigation', author: '', source: 'v' } }],
] as const)('%s does not', (_, change) => {
  expect(failing([vulnerability(change)])).toEqual(['image-no-fixable-high']);
});

describe.each(family.map((control, index) => [control.id, index] as const))('%s is unknown', (_id, index) => {
  const control = family[index] as (typeof family)[number];
  const own = [{ exploitedSince: '2024-01-01' }, {}, { status: 'affected' as const }][index];

  test('where the image was not opened', () => {
    expect(judge(control as typeof imageNoExploited, image()).status).toBe('unknown');
  });

  test('where there are no advisories', () => {
    const { vulnerabilities: _, ...contents } = exemplarContents;
    expect(judge(control as typeof imageNoExploited, image({ contents })).status).toBe('unknown');
  });

  test.each([
    ['no-data', 'unknown'],
    ['odd-version', 'unknown'],
    // Advisories could be asked, had the package told more of itself.
    ['no-version', 'unknown'],
    ['no-group', 'unknown'],
    ['unreadable-advisory', 'unknown'],
    // Nothing that could be imported will ever tell.
    ['third-party', 'pass'],
    ['kernel-headers', 'pass'],
  ])('or not, where nothing is known of some packages: %s', (code, status) => {
    const uncovered = [{ code, reason: { en: 'why', zh: '原因' }, count: 80, example: purl, ofSystem: true }];
    expect(verdictOn(index, [], { uncovered })?.status).toBe(status);
    expect(verdictOn(index, [vulnerability(own)], { uncovered })?.status).toBe('fail');
  });

  test('and says of how many packages nobody tells', () => {
    const uncovered = [
      { code: 'third-party', reason: { en: 'why', zh: '原因' }, count: 80, example: purl, ofSystem: true },
    ];
    expect(verdictOn(index, [], { uncovered })?.message).toEqual({
      en: 'Advisories know of none; no advisories tell of 80 packages.',
      zh: '公告中未见此类漏洞；有 80 个软件包没有公告可依。',
    });
  });

  test('where no package was looked up at all', () => {
    expect(verdictOn(index, [], { asked: [] })?.status).toBe('unknown');
  });

  test('and not asked of an image without packages', () => {
    expect(judge(control as typeof imageNoExploited, opened({ packages: [] })).status).toBe('not-applicable');
  });
});
