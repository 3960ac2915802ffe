import { expect, test } from 'vitest';
import { vulnerability, vulnerablePurl } from '../../../test/vulnerable-image.ts';
import { sampleContents } from '../../../test/scan-report.ts';
import type { Vulnerability, VulnerabilityWaiver } from '../../model/vulnerability.ts';
import { vulnerabilityLines } from './vulnerabilities.ts';

const waiver: VulnerabilityWaiver = {
  vulnerability: 'CVE-*',
  reason: 'never run',
  owner: 'shop',
  until: '2027-01-31',
  status: 'affected',
};

function linesOf(found: readonly Vulnerability[]): readonly string[] {
  const vulnerabilities = { found, uncovered: [], asked: [] };
  return vulnerabilityLines(sampleContents({ vulnerabilities }), 'en', { width: 120, color: false });
}

test('what is waived is told by its waiver, behind what counts', () => {
  const found = [
    vulnerability({ id: 'CVE-1' }),
    ...[2, 3, 4, 5, 6, 7, 8].map((number) => vulnerability({ id: `CVE-${number}`, waiver })),
    vulnerability({ id: 'CVE-2', path: '/b', waiver }),
    vulnerability({ id: 'CVE-9', waiver: { ...waiver, reason: 'looked into', status: 'under-investigation' } }),
  ];
  expect(linesOf(found)).toEqual([
    '',
    'Known vulnerabilities',
    `  high  CVE-1  ${vulnerablePurl}  fixed in 2`,
    '',
    'Waived vulnerabilities',
    '  – CVE-2, CVE-3, CVE-4, CVE-5, CVE-6 and 2 more: never run (accepted by shop until 2027-01-31)',
    '  – CVE-9: looked into (under investigation; shop, until 2027-01-31)',
  ]);
});

test('where all are waived there is no other list, and where nothing is, none of these', () => {
  expect(linesOf([vulnerability({ waiver })])).toEqual([
    '',
    'Waived vulnerabilities',
    '  – CVE-2024-1: never run (accepted by shop until 2027-01-31)',
  ]);
  expect(linesOf([vulnerability({ waiver, status: 'not-affected' })])).toEqual([]);
  expect(linesOf([vulnerability()])).toHaveLength(3);
});

test('whose waiver has expired says when', () => {
  const [, , line] = linesOf([
    vulnerability({ exploitedSince: '2024-01-01', expiredWaiver: { ...waiver, until: '2026-01-31' } }),
  ]);
  expect(line).toContain('fixed in 2, exploited since 2024-01-01, waiver expired 2026-01-31');
});
