import type { Report } from '../model/report.ts';
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
  /** Whether what could not be read fails the run. */
  readonly strict?: boolean;
  /** A file that was to be judged could not be: whatever was found in the others, the run is not what was asked for. */
  readonly unreadable?: boolean;
}

export function exitCodeOf(
  report: Pick<Report, 'findings' | 'coverage' | 'comparison'>,
  { failOn, onNew = false, strict = false, unreadable = false }: Gate,
): ExitCode {
  if (unreadable) return 2;
  const failed = report.findings.some(
    ({ status, severity }) => status === 'fail' && failOn !== undefined && reaches(severity, failOn),
  );
  if (failed || (onNew && (report.comparison?.new.length ?? 0) > 0)) return 1;
  const hasGap =
    report.coverage.some(({ status }) => status === 'unreadable') ||
    report.findings.some(({ status }) => status === 'unknown');
  return strict && hasGap ? 3 : 0;
}
