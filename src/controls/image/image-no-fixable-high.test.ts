import { describe, expect, test } from 'vitest';
import { contextOf, image, judge, opened } from '../../../test/subjects.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import type { UncoveredPackages, Vulnerability } from '../../model/vulnerability.ts';
import { imageNoFixableHigh as control } from './image-no-fixable-high.ts';

const purl = exemplarContents.packages[0]?.purl ?? '';

function vulnerability(change: Partial<Vulnerability> = {}): Vulnerability {
  return {
    id: 'CVE-2024-1',
    aliases: [],
    advisory: 'DSA-1',
    purl,
    path: '/var/lib/dpkg/status',
    layer: 0,
    status: 'fixed',
    fixedIn: '2',
    severity: { level: 'high', source: 'debian' },
    summary: '',
    reason: {
      ecosystem: 'Debian:13',
      name: 'base-files',
      compared: 'source',
      version: '1',
      ordering: 'dpkg',
      doubts: [],
    },
    ...change,
  };
}

function imageWith(found: readonly Vulnerability[], uncovered: readonly UncoveredPackages[] = []) {
  const asked = [{ ecosystem: 'Debian:13', packages: 1, newest: null, read: null }];
  return opened({ vulnerabilities: { found, uncovered, asked } });
}

describe('a vulnerability', () => {
  test.each([
    ['that is high and fixed', {}, 'fail'],
    ['that is critical and fixed', { severity: { level: 'critical', source: 'nvd' } }, 'fail'],
    ['that is medium', { severity: { level: 'medium', source: 'debian' } }, 'pass'],
    [
      'that is fixed, and of which nobody says how bad it is',
      { severity: { level: 'unknown', source: '' } },
      'unknown',
    ],
    ['that nobody has fixed or rated', { status: 'affected', severity: { level: 'unknown', source: '' } }, 'pass'],
    ['that nobody has fixed', { status: 'affected' }, 'pass'],
    ['that nobody has fixed and that is exploited', { status: 'affected', exploitedSince: '2024-01-01' }, 'fail'],
    [
      'that is low and exploited',
      { severity: { level: 'low', source: 'debian' }, exploitedSince: '2024-01-01' },
      'fail',
    ],
    ['that is exploited elsewhere and not here', { status: 'not-affected', exploitedSince: '2024-01-01' }, 'pass'],
    ['that a package of the system speaks for', { coveredBy: purl }, 'pass'],
    [
      'that a VEX document says does not count',
      { vex: { status: 'not-affected', author: 'a', source: 'v.json' } },
      'pass',
    ],
    [
      'that a VEX document says is looked into',
      { vex: { status: 'under-investigation', author: 'a', source: 'v.json' } },
      'fail',
    ],
  ] as const)('%s: %3$s', (_, change, status) => {
    expect(judge(control, imageWith([vulnerability(change)])).status).toBe(status);
  });
});

test('names the vulnerability, the package, and where it is repaired; the urgent ones first', () => {
  const urgent = vulnerability({ id: 'CVE-2024-2', exploitedSince: '2024-02-03' });
  const verdict = judge(control, imageWith([vulnerability(), urgent]));
  expect(verdict).toMatchObject({ status: 'fail', field: 'contents.vulnerabilities' });
  expect(verdict.evidence.map(({ value }) => value)).toEqual([
    `CVE-2024-2 · ${purl} · fixed in 2 · exploited since 2024-02-03`,
    `CVE-2024-1 · ${purl} · fixed in 2`,
  ]);
});

test('is critical where one of them is', () => {
  const context = contextOf(control);
  const severityOf = (change: Partial<Vulnerability>) =>
    typeof control.severity === 'object' ? control.severity.of(imageWith([vulnerability(change)]), context) : undefined;
  expect(severityOf({})).toBe('high');
  expect(severityOf({ severity: { level: 'critical', source: 'nvd' } })).toBe('critical');
});

test('what is accepted, and a milder threshold', () => {
  const found = imageWith([vulnerability({ severity: { level: 'medium', source: 'debian' } })]);
  expect(judge(control, found, { parameters: { threshold: 'medium' } }).status).toBe('fail');
  expect(judge(control, found, { parameters: { threshold: 'medium', accepted: ['CVE-2024-1'] } }).status).toBe('pass');
});

describe('is unknown', () => {
  test('where the image was not opened', () => {
    expect(judge(control, image()).status).toBe('unknown');
  });

  test('where there are no advisories', () => {
    const { vulnerabilities: _, ...contents } = exemplarContents;
    expect(judge(control, image({ contents })).status).toBe('unknown');
  });

  test.each([
    ['no-data', 'unknown'],
    ['odd-version', 'unknown'],
    ['unreadable-advisory', 'unknown'],
    // Nothing that could be imported will ever tell.
    ['third-party', 'pass'],
    ['kernel-headers', 'pass'],
  ])('or not, where nothing is known of some packages: %s', (code, status) => {
    const uncovered = { code, reason: { en: 'why', zh: '原因' }, count: 80, example: purl, ofSystem: true };
    expect(judge(control, imageWith([], [uncovered])).status).toBe(status);
    expect(judge(control, imageWith([vulnerability()], [uncovered])).status).toBe('fail');
  });

  test('where no package was looked up at all', () => {
    const vulnerabilities = { found: [], uncovered: [], asked: [] };
    expect(judge(control, opened({ vulnerabilities })).status).toBe('unknown');
  });
});

test('an image without packages is not judged', () => {
  expect(judge(control, opened({ packages: [] })).status).toBe('not-applicable');
});
