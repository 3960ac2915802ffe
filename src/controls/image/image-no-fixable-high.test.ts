import { describe, expect, test } from 'vitest';
import { contextOf, judge } from '../../../test/subjects.ts';
import { vulnerability, vulnerableImage, vulnerablePurl as purl } from '../../../test/vulnerable-image.ts';
import type { Vulnerability } from '../../model/vulnerability.ts';
import { imageNoFixableHigh as control } from './image-no-fixable-high.ts';

const unrated = { level: 'unknown', source: '' } as const;

describe('a vulnerability', () => {
  test.each([
    ['that is high and fixed', {}, 'fail'],
    ['that is critical and fixed', { severity: { level: 'critical', source: 'nvd' } }, 'fail'],
    ['that is medium', { severity: { level: 'medium', source: 'debian' } }, 'pass'],
    ['that is fixed, and of which nobody says how bad it is', { severity: unrated }, 'unknown'],
    ['that nobody has fixed or rated', { status: 'affected', severity: unrated }, 'pass'],
    ['that nobody has fixed', { status: 'affected' }, 'pass'],
    ['that is exploited, which is another question', { exploitedSince: '2024-01-01' }, 'pass'],
    ['that is exploited and unrated', { exploitedSince: '2024-01-01', severity: unrated }, 'pass'],
  ] as const)('%s', (_, change, status) => {
    expect(judge(control, vulnerableImage([vulnerability(change)])).status).toBe(status);
  });
});

test('names the vulnerability, the package, and where it is repaired; the critical ones first', () => {
  const critical = vulnerability({ id: 'CVE-2024-2', severity: { level: 'critical', source: 'nvd' } });
  const verdict = judge(control, vulnerableImage([vulnerability(), critical]));
  expect(verdict).toMatchObject({ status: 'fail', field: 'contents.vulnerabilities', repairable: true });
  expect(verdict.evidence.map(({ value }) => value)).toEqual([
    `CVE-2024-2 · ${purl} · fixed in 2`,
    `CVE-2024-1 · ${purl} · fixed in 2`,
  ]);
});

test('is critical where one of them is', () => {
  const context = contextOf(control);
  const severityOf = (change: Partial<Vulnerability>) =>
    typeof control.severity === 'object'
      ? control.severity.of(vulnerableImage([vulnerability(change)]), context)
      : undefined;
  expect(severityOf({})).toBe('high');
  expect(severityOf({ severity: { level: 'critical', source: 'nvd' } })).toBe('critical');
  // Which does not count here.
  expect(severityOf({ severity: { level: 'critical', source: 'nvd' }, status: 'affected' })).toBe('high');
});

test('what is accepted, and a milder threshold', () => {
  const found = vulnerableImage([vulnerability({ severity: { level: 'medium', source: 'debian' } })]);
  expect(judge(control, found, { parameters: { threshold: 'medium' } }).status).toBe('fail');
  expect(judge(control, found, { parameters: { threshold: 'medium', accepted: ['CVE-2024-1'] } }).status).toBe('pass');
  const named = vulnerableImage([vulnerability({ aliases: ['GHSA-aaaa-bbbb-cccc'] })]);
  expect(judge(control, named, { parameters: { accepted: ['GHSA-aaaa-bbbb-cccc'] } }).status).toBe('pass');
});
