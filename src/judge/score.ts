import type { Score } from '../model/report.ts';
import type { Severity } from '../model/severity.ts';
import type { FindingStatus } from '../model/verdict.ts';

/** How much a finding weighs: one critical failure outweighs a page of low ones. */
const weights: Readonly<Record<Severity, number>> = { critical: 20, high: 10, medium: 4, low: 1, info: 0 };

/** Counts findings, and scores what passed against what passed or failed, by weight, rounded down. */
export function scoreOf(findings: readonly { readonly status: FindingStatus; readonly severity: Severity }[]): Score {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  const weight = (status: FindingStatus) =>
    findings.filter((finding) => finding.status === status).reduce((sum, { severity }) => sum + weights[severity], 0);
  const judged = weight('pass') + weight('fail');
  return {
    pass: count('pass'),
    fail: count('fail'),
    unknown: count('unknown'),
    notApplicable: count('not-applicable'),
    waived: count('waived'),
    value: judged === 0 ? null : Math.floor((100 * weight('pass')) / judged),
  };
}
