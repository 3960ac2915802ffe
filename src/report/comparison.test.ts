import { describe, expect, test } from 'vitest';
import type { Report } from '../model/report.ts';
import { compareReports, type SavedReport } from './comparison.ts';
import { sampleReport } from '../../test/sample-report.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTerminal } from './terminal/terminal.ts';

type Saved = SavedReport['findings'][number];

function finding(control: string, status: Saved['status'], subject = 'container/web', path?: string): Saved {
  const location = path === undefined ? null : { source: 'file' as const, path };
  return { control, title: `Rule ${control}`, subject, severity: 'high', status, location };
}

function compared(before: readonly Saved[], after: readonly Saved[]) {
  const { since, ...rest } = compareReports({ started: '2026-01-01T00:00:00Z', findings: before }, {
    findings: after,
  } as unknown as Report);
  expect(since).toBe('2026-01-01T00:00:00Z');
  const names = (list: typeof rest.new) => list.map(({ control }) => control);
  return { new: names(rest.new), fixed: names(rest.fixed), unreadable: names(rest.unreadable), same: rest.unchanged };
}

const nothing = { new: [], fixed: [], unreadable: [], same: 0 };

test.each<[Saved['status'], Saved['status'], Partial<typeof nothing>]>([
  ['fail', 'fail', { same: 1 }],
  ['pass', 'fail', { new: ['a'] as never }],
  ['unknown', 'fail', { new: ['a'] as never }],
  ['waived', 'fail', { new: ['a'] as never }],
  ['fail', 'pass', { fixed: ['a'] as never }],
  ['fail', 'waived', { fixed: ['a'] as never }],
  ['fail', 'not-applicable', { fixed: ['a'] as never }],
  ['fail', 'unknown', { unreadable: ['a'] as never }],
  ['pass', 'unknown', { unreadable: ['a'] as never }],
  ['unknown', 'unknown', {}],
  ['pass', 'pass', {}],
])('from %s to %s', (before, after, expected) => {
  expect(compared([finding('a', before)], [finding('a', after)])).toEqual({ ...nothing, ...expected });
});

describe('what comes and goes', () => {
  test('a subject that is gone has no failures; one that has come has new ones', () => {
    const before = [finding('a', 'fail', 'container/old')];
    const after = [finding('a', 'fail', 'container/new'), finding('b', 'pass', 'container/new')];
    expect(compared(before, after)).toEqual({ ...nothing, new: ['a'], fixed: ['a'] });
  });

  test('failures of one control at several places are told apart', () => {
    const before = [
      finding('a', 'fail', 'x', 'one'),
      finding('a', 'fail', 'x', 'two'),
      finding('a', 'fail', 'x', 'two'),
    ];
    const after = [finding('a', 'fail', 'x', 'two'), finding('a', 'fail', 'x', 'three')];
    expect(compared(before, after)).toEqual({ new: ['a'], fixed: ['a', 'a'], unreadable: [], same: 1 });
  });

  test('what could not be told from the start is not newly unreadable', () => {
    expect(compared([], [finding('a', 'unknown')])).toEqual(nothing);
  });
});

test('a report does not differ from itself', () => {
  const report = sampleReport();
  const failures = report.findings.filter(({ status }) => status === 'fail').length;
  expect(compareReports(report, report)).toMatchObject({ new: [], fixed: [], unreadable: [], unchanged: failures });
});

test.each(['en', 'zh'] as const)('what is different is shown, in %s', (language) => {
  const report = sampleReport({ language });
  const before = { ...report, findings: report.findings.filter(({ severity }) => severity !== 'critical') };
  const comparison = compareReports(before, report);
  expect(comparison.new.length).toBeGreaterThan(0);
  const whole = { ...report, comparison };
  for (const text of [renderTerminal(whole, { width: 100, color: false }), renderMarkdown(whole)]) {
    expect(text).toContain(language === 'en' ? 'Since ' : '以来');
    expect(text).toContain(`${comparison.unchanged} ${language === 'en' ? 'unchanged' : '项'}`);
  }
});
