import type { Score } from '../model/report.ts';
import type { Severity } from '../model/severity.ts';
import type { FindingStatus } from '../model/verdict.ts';
import type { JudgedFinding } from './judge.ts';

/** How much a finding weighs: one critical failure outweighs a page of low ones. */
const weights: Readonly<Record<Severity, number>> = { critical: 20, high: 10, medium: 4, low: 1, info: 0 };

/** What a score needs to know of a finding. */
export type ScoredFinding = Pick<JudgedFinding, 'status' | 'severity'> & {
  readonly control: { readonly id: string };
  readonly subject: { readonly id: string };
};

/**
 * Counts findings, and scores what passed against what passed or failed, by weight, rounded down. A text can fail
 * one control at many places. The counts say how many places there are to mend; in the score the control weighs
 * once for the subject, as it does where it passes. Otherwise a long file would always score worse than a short one.
 */
export function scoreOf(findings: readonly ScoredFinding[]): Score {
  const counts: Record<FindingStatus, number> = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, waived: 0 };
  let passed = 0;
  for (const { status, severity } of findings) {
    counts[status] += 1;
    if (status === 'pass') passed += weights[severity];
  }
  const judged = passed + failedWeight(findings);
  return {
    pass: counts.pass,
    fail: counts.fail,
    unknown: counts.unknown,
    notApplicable: counts['not-applicable'],
    waived: counts.waived,
    value: judged === 0 ? null : Math.floor((100 * passed) / judged),
  };
}

/** Each control weighs once a subject: a subject's severity is the same at every place. What passes, passes once. */
function failedWeight(findings: readonly ScoredFinding[]): number {
  const once = new Map(
    findings
      .filter(({ status }) => status === 'fail')
      .map(({ control, subject, severity }) => [`${control.id}\0${subject.id}`, weights[severity]]),
  );
  return [...once.values()].reduce((sum, weight) => sum + weight, 0);
}
