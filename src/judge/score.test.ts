import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { severities } from '../model/severity.ts';
import { findingStatuses } from '../model/verdict.ts';
import { type ScoredFinding, scoreOf } from './score.ts';

type Outcome = Pick<ScoredFinding, 'status' | 'severity'>;

/** Each finding of a control of its own. */
function scoreOfEach(outcomes: readonly Outcome[]) {
  return scoreOf(outcomes.map((outcome, index) => findingOf(outcome, `control-${index}`, 'container/web')));
}

function findingOf(outcome: Outcome, control: string, subject: string): ScoredFinding {
  return { ...outcome, control: { id: control }, subject: { id: subject } };
}

test('only what passed and failed counts, by weight', () => {
  expect(
    scoreOfEach([
      { status: 'pass', severity: 'high' },
      { status: 'fail', severity: 'high' },
      { status: 'unknown', severity: 'critical' },
      { status: 'waived', severity: 'critical' },
      { status: 'not-applicable', severity: 'critical' },
    ]),
  ).toEqual({ pass: 1, fail: 1, unknown: 1, notApplicable: 1, waived: 1, value: 50 });
});

test('without anything judged there is no score, above all not a perfect one', () => {
  expect(scoreOfEach([]).value).toBeNull();
  expect(scoreOfEach([{ status: 'unknown', severity: 'high' }]).value).toBeNull();
  expect(scoreOfEach([{ status: 'pass', severity: 'info' }]).value).toBeNull();
});

test('one critical failure outweighs a page of low ones', () => {
  const passes = Array.from({ length: 20 }, () => ({ status: 'pass', severity: 'low' }) as const);
  const critical = scoreOfEach([...passes, { status: 'fail', severity: 'critical' }]).value;
  const low = scoreOfEach([...passes, { status: 'fail', severity: 'low' }]).value;
  expect(critical).toBe(50);
  expect(low).toBe(95);
});

test('a control that fails at many places of one subject is counted at each, and weighs once', () => {
  const failure = { status: 'fail', severity: 'high' } as const;
  const places = Array.from({ length: 10 }, () => findingOf(failure, 'dockerfile-no-apt', 'dockerfile/Dockerfile'));
  const passed = findingOf({ status: 'pass', severity: 'high' }, 'dockerfile-no-sudo', 'dockerfile/Dockerfile');
  expect(scoreOf([...places, passed])).toMatchObject({ fail: 10, pass: 1, value: 50 });
  const elsewhere = findingOf(failure, 'dockerfile-no-apt', 'dockerfile/web/Dockerfile');
  expect(scoreOf([...places, elsewhere, passed]).value).toBe(33);
});

test('a control that is accepted at some of its places still fails at the others', () => {
  const places = (['waived', 'fail', 'waived'] as const).map((status) =>
    findingOf({ status, severity: 'low' }, 'dockerfile-no-apt', 'dockerfile/Dockerfile'),
  );
  expect(scoreOf(places)).toMatchObject({ fail: 1, waived: 2, value: 0 });
});

test('100 is only said of what has no failure that weighs, and every status is counted', () => {
  const finding = fc.record({ status: fc.constantFrom(...findingStatuses), severity: fc.constantFrom(...severities) });
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 200 }), (findings) => {
      const { value, ...counts } = scoreOfEach(findings);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(findings.length);
      const hasFailure = findings.some(({ status, severity }) => status === 'fail' && severity !== 'info');
      expect(value === 100 && hasFailure).toBe(false);
      expect(value === null || (Number.isInteger(value) && value >= 0 && value <= 100)).toBe(true);
    }),
  );
});
