import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { severities } from '../model/severity.ts';
import { findingStatuses } from '../model/verdict.ts';
import { scoreOf } from './score.ts';

test('only what passed and failed counts, by weight', () => {
  expect(
    scoreOf([
      { status: 'pass', severity: 'high' },
      { status: 'fail', severity: 'high' },
      { status: 'unknown', severity: 'critical' },
      { status: 'waived', severity: 'critical' },
      { status: 'not-applicable', severity: 'critical' },
    ]),
  ).toEqual({ pass: 1, fail: 1, unknown: 1, notApplicable: 1, waived: 1, value: 50 });
});

test('without anything judged there is no score, above all not a perfect one', () => {
  expect(scoreOf([]).value).toBeNull();
  expect(scoreOf([{ status: 'unknown', severity: 'high' }]).value).toBeNull();
  expect(scoreOf([{ status: 'pass', severity: 'info' }]).value).toBeNull();
});

test('one critical failure outweighs a page of low ones', () => {
  const passes = Array.from({ length: 20 }, () => ({ status: 'pass', severity: 'low' }) as const);
  const critical = scoreOf([...passes, { status: 'fail', severity: 'critical' }]).value;
  const low = scoreOf([...passes, { status: 'fail', severity: 'low' }]).value;
  expect(critical).toBe(50);
  expect(low).toBe(95);
});

test('100 is only said of what has no failure that weighs, and every status is counted', () => {
  const finding = fc.record({ status: fc.constantFrom(...findingStatuses), severity: fc.constantFrom(...severities) });
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 200 }), (findings) => {
      const { value, ...counts } = scoreOf(findings);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(findings.length);
      const hasFailure = findings.some(({ status, severity }) => status === 'fail' && severity !== 'info');
      expect(value === 100 && hasFailure).toBe(false);
      expect(value === null || (Number.isInteger(value) && value >= 0 && value <= 100)).toBe(true);
    }),
  );
});
