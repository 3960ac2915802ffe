import type { Finding, Report, ReportSubject } from '../model/report.ts';
import { compareSeverity } from '../model/severity.ts';

/** One file with what was found in it, in the order of its lines. */
export interface FileFindings {
  readonly file: string;
  readonly findings: readonly Finding[];
}

/** Whether files were judged, and neither a machine nor what is in images. */
export function isOfFiles({ subjects }: Pick<Report, 'subjects'>): boolean {
  return !subjects.some(({ kind }) => kind === 'host' || kind === 'image');
}

/** Every file in the document's order, those without findings too. */
export function findingsByFile(report: Report): readonly FileFindings[] {
  const fileOf = fileFinder(report);
  const groups = Map.groupBy(report.findings, (finding) => fileOf(finding) ?? finding.subject);
  const files = new Set([...report.subjects.map(({ source }) => source), ...groups.keys()]);
  return [...files].map((file) => ({ file, findings: (groups.get(file) ?? []).toSorted(byLine) }));
}

/**
 * Finds the file of a finding: where its place is or, in a report of files, where its subject was read. A part of a
 * subject may stand in a file of its own, as Compose files that are merged do.
 */
export function fileFinder(report: Report): (finding: Finding) => string | undefined {
  if (!isOfFiles(report)) return ({ location }) => location?.file;
  const sources = new Map(report.subjects.map(({ id, source }: ReportSubject) => [id, source]));
  return ({ location, subject }) => location?.file ?? sources.get(subject);
}

/** What has no line comes first: it is about the file as a whole. */
export function byLine(left: Finding, right: Finding): number {
  return (
    (left.location?.line ?? 0) - (right.location?.line ?? 0) ||
    (left.location?.column ?? 0) - (right.location?.column ?? 0) ||
    compareSeverity(left.severity, right.severity) ||
    (left.control < right.control ? -1 : 1)
  );
}
