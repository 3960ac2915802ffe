import type { Comparison } from '../model/comparison.ts';
import type { Finding, Report } from '../model/report.ts';
import { reaches, type Severity } from '../model/severity.ts';

/**
 * 0: clean or below the threshold, 1: failures at or above it, 2: input that could not be read at all, 3: something
 * could not be read (only if asked).
 */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Gate {
  /** Absent: failures are reported, and do not fail the run. */
  readonly failOn?: Severity;
  /** Whether anything that fails since an older report fails the run, whatever its severity. */
  readonly onNew?: boolean;
  /** Of vulnerabilities, only those that can be had repaired decide; what else fails decides as ever. */
  readonly onlyFixed?: boolean;
  /** Whether what could not be read fails the run. */
  readonly strict?: boolean;
  /** A file that was to be judged could not be: whatever was found in the others, the run is not what was asked for. */
  readonly unreadable?: boolean;
}

export function exitCodeOf(
  report: Pick<Report, 'findings' | 'coverage' | 'comparison'>,
  { failOn, onNew = false, onlyFixed = false, strict = false, unreadable = false }: Gate,
): ExitCode {
  if (unreadable) return 2;
  const passedOver = new Set(onlyFixed ? report.findings.filter(({ repairable }) => repairable === false) : []);
  const deciding = report.findings.filter((each) => !passedOver.has(each));
  const failed = deciding.some(
    ({ status, severity }) => status === 'fail' && failOn !== undefined && reaches(severity, failOn),
  );
  if (failed || (onNew && hasNew(report.comparison, [...passedOver]))) return 1;
  const hasGap =
    report.coverage.some(({ status }) => status === 'unreadable') ||
    deciding.some(({ status }) => status === 'unknown');
  return strict && hasGap ? 3 : 0;
}

/** Whether anything fails since the older report, other than what is passed over. */
function hasNew(comparison: Comparison | undefined, passedOver: readonly Finding[]): boolean {
  const appeared = comparison?.new ?? [];
  return appeared.some(
    ({ control, subject }) => !passedOver.some((each) => each.control === control && each.subject === subject),
  );
}
