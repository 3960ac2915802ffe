import type { Finding, Report } from '../model/report.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { byLine, fileFinder, isOfFiles } from './by-file.ts';

/** Something to act on at a place: what formats show that have a line for each. */
export interface Problem {
  /** Absent: the failure is not one of a file. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** `unknown`: it could not be found out. */
  readonly severity: Severity | 'unknown';
  readonly message: string;
  /** What would mend it, or make it known. */
  readonly advice?: string;
  /** Absent where a file could not be read, and no control was asked. */
  readonly finding?: Finding;
}

/** Failures and open questions by file and line; in a report of files also what could not be read of them. */
export function problemsOf(report: Report): readonly Problem[] {
  const fileOf = fileFinder(report);
  const order = new Map(report.subjects.map(({ source }, index) => [source, index]));
  const findings = report.findings
    .filter(({ status }) => status === 'fail' || status === 'unknown')
    .map((finding) => ({ finding, file: fileOf(finding) }))
    .toSorted((left, right) => byFile(left.file, right.file, order) || byLine(left.finding, right.finding))
    .map(({ finding, file }) => problemOf(finding, file));
  return isOfFiles(report) ? [...findings, ...gapsOf(report)] : findings;
}

/** The worst first: for forges that show only so many. */
export function worstProblemsFirst(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(({ severity: left }, { severity: right }) => {
    if (left === 'unknown' || right === 'unknown') return Number(left === 'unknown') - Number(right === 'unknown');
    return compareSeverity(left, right);
  });
}

/** `message → advice`. */
export function problemText({ message, advice }: Problem): string {
  return advice === undefined ? message : `${message} → ${advice}`;
}

function problemOf(finding: Finding, file: string | undefined): Problem {
  const { location, status, severity, message, need, remedy } = finding;
  const advice = status === 'fail' ? remedy?.summary : need;
  return {
    ...(file === undefined ? {} : { file }),
    ...(file === undefined || location?.line === undefined ? {} : { line: location.line }),
    ...(file === undefined || location?.column === undefined ? {} : { column: location.column }),
    severity: status === 'fail' ? severity : 'unknown',
    message,
    ...(advice ? { advice } : {}),
    finding,
  };
}

/** The subject is the file, and `what` is the place in it: `compose.yaml:7`. */
function gapsOf({ coverage }: Report): readonly Problem[] {
  return coverage
    .filter(({ status }) => status === 'unreadable')
    .map(({ subject, what, reason, need }): Problem => {
      const isPlace = what === subject || what.startsWith(`${subject}:`);
      const [line, column] = isPlace
        ? what
            .slice(subject.length + 1)
            .split(':', 2)
            .filter(Boolean)
        : [];
      return {
        file: isPlace ? subject : what,
        ...(line === undefined ? {} : { line: Number(line) }),
        ...(column === undefined ? {} : { column: Number(column) }),
        severity: 'unknown',
        message: reason ?? what,
        ...(need === null ? {} : { advice: need }),
      };
    });
}

function byFile(left: string | undefined, right: string | undefined, order: ReadonlyMap<string, number>): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  const [first, second] = [order.get(left) ?? order.size, order.get(right) ?? order.size];
  return first - second || (left < right ? -1 : 1);
}
