import { expect, test } from 'vitest';
import type { ReportVulnerabilities } from '../model/report-contents.ts';
import { advisoryDataText } from './advisory-data-text.ts';

const asked = [
  { ecosystem: 'Debian:12', packages: 3, newest: '2026-11-21T10:00:00.000Z', read: '2026-11-22T08:00:00.000Z' },
  { ecosystem: 'npm', packages: 1, newest: '2026-11-20T00:00:00.000Z', read: '2026-11-19T00:00:00.000Z' },
];

test.each([
  [
    'which, read when, how old',
    { data: 'cdcb1fdbd5837eed', asked },
    'cdcb1fdbd583 · read 2026-11-19 · newest record: Debian:12 2026-11-21, npm 2026-11-20',
    'cdcb1fdbd583 · 读取于 2026-11-19 · 最新记录：Debian:12 2026-11-21、npm 2026-11-20',
  ],
  [
    'what is not known is left out',
    { asked: [{ ecosystem: 'npm', packages: 1, newest: null, read: '2026-11-19T00:00:00.000Z' }] },
    'read 2026-11-19',
    '读取于 2026-11-19',
  ],
  ['nothing was asked', { data: 'cdcb1fdbd5837eed', asked: [] }, 'cdcb1fdbd583', 'cdcb1fdbd583'],
  ['nothing is known', { asked: [] }, '', ''],
])('%s', (_, change, en, zh) => {
  const vulnerabilities: ReportVulnerabilities = { found: [], uncovered: [], ...change };
  expect([advisoryDataText(vulnerabilities, 'en'), advisoryDataText(vulnerabilities, 'zh')]).toEqual([en, zh]);
});
