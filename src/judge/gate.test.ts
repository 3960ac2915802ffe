import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import type { Severity } from '../model/severity.ts';
import type { FindingStatus } from '../model/verdict.ts';
import { exitCodeOf } from './gate.ts';

/** A report with these findings alone. */
function reportOf(...findings: readonly (readonly [FindingStatus, Severity])[]) {
  const [first] = sampleReport().findings;
  if (!first) throw new Error('the sample has findings');
  return {
    coverage: [],
    findings: findings.map(([status, severity]) => Object.assign({ ...first }, { status, severity })),
  };
}

const gap = { subject: 'host', what: '/proc/1', status: 'unreadable', reason: 'no', need: 'root' } as const;

test('failures are no error unless a threshold is set', () => {
  expect(exitCodeOf(reportOf(['fail', 'critical']), {})).toBe(0);
});

test.each([
  ['critical', 'high', 1],
  ['high', 'high', 1],
  ['medium', 'high', 0],
  ['info', 'info', 1],
] as const)('a %s failure against the threshold %s', (severity, failOn, code) => {
  expect(exitCodeOf(reportOf(['fail', severity]), { failOn })).toBe(code);
});

test.each(['pass', 'waived', 'not-applicable', 'unknown'] as const)('%s is no failure', (status) => {
  expect(exitCodeOf(reportOf([status, 'critical']), { failOn: 'info' })).toBe(0);
});

test('what could not be read is an error only where that is asked for', () => {
  const unread = { ...reportOf(['pass', 'high']), coverage: [gap] };
  expect(exitCodeOf(unread, { failOn: 'info' })).toBe(0);
  expect(exitCodeOf(unread, { strict: true })).toBe(3);
  expect(exitCodeOf(reportOf(['unknown', 'low']), { strict: true })).toBe(3);
  expect(exitCodeOf(reportOf(['pass', 'low']), { strict: true })).toBe(0);
});

test('a failure at the threshold outranks what could not be read', () => {
  const both = { ...reportOf(['fail', 'high']), coverage: [gap] };
  expect(exitCodeOf(both, { failOn: 'high', strict: true })).toBe(1);
  expect(exitCodeOf(both, { failOn: 'critical', strict: true })).toBe(3);
});

test('what is new fails the run only where that is asked for, whatever its severity', () => {
  const finding = { control: 'a', title: 'A', subject: 'host', severity: 'info' } as const;
  const comparison = { since: '2026-01-01T00:00:00Z', new: [finding], fixed: [], unreadable: [], unchanged: 3 };
  const report = { ...reportOf(['fail', 'info']), comparison };
  expect(exitCodeOf(report, {})).toBe(0);
  expect(exitCodeOf(report, { onNew: true })).toBe(1);
  expect(exitCodeOf({ ...report, comparison: { ...comparison, new: [] } }, { onNew: true })).toBe(0);
});

describe('where only what can be had repaired decides', () => {
  const [failure] = reportOf(['fail', 'high']).findings;
  if (!failure) throw new Error('there is one');
  const of = (...repairable: readonly (boolean | undefined)[]) => ({
    coverage: [],
    findings: repairable.map((each, index) => ({
      ...failure,
      control: `control-${index}`,
      ...(each === undefined ? {} : { repairable: each }),
    })),
  });
  const onlyFixed = true;

  test('vulnerabilities that nobody has repaired do not fail the run', () => {
    expect(exitCodeOf(of(false), { failOn: 'high' })).toBe(1);
    expect(exitCodeOf(of(false), { failOn: 'high', onlyFixed })).toBe(0);
    expect(exitCodeOf(of(false, true), { failOn: 'high', onlyFixed })).toBe(1);
  });

  test('what is no matter of vulnerabilities does', () => {
    expect(exitCodeOf(of(undefined), { failOn: 'high', onlyFixed })).toBe(1);
    expect(exitCodeOf(of(false, undefined), { failOn: 'high', onlyFixed })).toBe(1);
  });

  test('nor is what is new of them held against the run', () => {
    const { title, subject, severity } = failure;
    const appeared = (index: number, where = subject) => ({
      control: `control-${index}`,
      title,
      subject: where,
      severity,
    });
    const since = (...list: readonly ReturnType<typeof appeared>[]) => ({
      ...of(false, undefined),
      comparison: { since: '2026-01-01T00:00:00Z', new: list, fixed: [], unreadable: [], unchanged: 0 },
    });
    expect(exitCodeOf(since(appeared(0)), { onNew: true })).toBe(1);
    expect(exitCodeOf(since(appeared(0)), { onNew: true, onlyFixed })).toBe(0);
    expect(exitCodeOf(since(appeared(1)), { onNew: true, onlyFixed })).toBe(1);
    expect(exitCodeOf(since(appeared(0, 'image/other')), { onNew: true, onlyFixed })).toBe(1);
  });

  test('what is unknown of them is no gap, and any other is', () => {
    const unknown = (report: ReturnType<typeof of>) => ({
      ...report,
      findings: report.findings.map((each) => ({ ...each, status: 'unknown' as const })),
    });
    expect(exitCodeOf(unknown(of(false)), { strict: true })).toBe(3);
    expect(exitCodeOf(unknown(of(false)), { strict: true, onlyFixed })).toBe(0);
    expect(exitCodeOf(unknown(of(false, undefined)), { strict: true, onlyFixed })).toBe(3);
  });
});
