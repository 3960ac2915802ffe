import type { Finding, Report, ReportSubject } from '../model/report.ts';
import { compareSeverity, severities, type Severity } from '../model/severity.ts';
import type { FindingStatus } from '../model/verdict.ts';

/** One subject with what was found in it, the worst first. */
export interface SubjectFindings {
  readonly subject: ReportSubject;
  readonly findings: readonly Finding[];
}

/** Every subject in the document's order, those without findings too. */
export function findingsBySubject(report: Report): readonly SubjectFindings[] {
  const groups = Map.groupBy(report.findings, (finding) => finding.subject);
  return report.subjects.map((subject) => ({
    subject,
    findings: (groups.get(subject.id) ?? []).toSorted(byStatus),
  }));
}

/** Groups with the worst failures first; equals stay in the document's order. */
export function worstFirst<G extends { readonly findings: readonly Finding[] }>(groups: readonly G[]): readonly G[] {
  return groups
    .map((group) => ({ group, counts: countFailures(group.findings) }))
    .toSorted((left, right) => {
      const severity = severities.find((each) => left.counts[each] !== right.counts[each]);
      return severity ? right.counts[severity] - left.counts[severity] : 0;
    })
    .map(({ group }) => group);
}

export function withStatus(findings: readonly Finding[], ...statuses: readonly FindingStatus[]): readonly Finding[] {
  return findings.filter((finding) => statuses.includes(finding.status));
}

/** How many failures there are of each severity. */
export function countFailures(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of withStatus(findings, 'fail')) counts[finding.severity] += 1;
  return counts;
}

/** What wants attention first. */
export const statusOrder: readonly FindingStatus[] = ['fail', 'unknown', 'waived', 'pass', 'not-applicable'];

function byStatus(left: Finding, right: Finding): number {
  return (
    statusOrder.indexOf(left.status) - statusOrder.indexOf(right.status) ||
    compareSeverity(left.severity, right.severity) ||
    (left.control < right.control ? -1 : 1)
  );
}
