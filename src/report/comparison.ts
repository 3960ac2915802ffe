import type { ComparedFinding, Comparison } from '../model/comparison.ts';
import type { Finding, Report } from '../model/report.ts';

/** The part of a saved report that is compared. */
export type SavedReport = Pick<Report, 'started'> & {
  readonly findings: readonly Pick<Finding, 'control' | 'title' | 'subject' | 'severity' | 'status' | 'location'>[];
};

type SavedFinding = SavedReport['findings'][number];

/**
 * What is new, fixed, unchanged and newly unreadable in a report since an older one of the same thing.
 *
 * @param failsForMore - controls whose failures are new although they failed before
 */
export function compareReports(
  before: SavedReport,
  after: Report,
  failsForMore: ReadonlySet<string> = nothing,
): Comparison {
  const [old, current] = [keyed(before.findings), keyed(after.findings)];
  const now = [...current];
  const isOld = ([key, { control }]: readonly [string, SavedFinding]) =>
    old.get(key)?.status === 'fail' && !failsForMore.has(control);
  return {
    since: before.started,
    new: shown(now.filter((each) => each[1].status === 'fail' && !isOld(each))),
    fixed: shown([...old].filter(([key, { status }]) => status === 'fail' && isMended(current.get(key)))),
    unreadable: shown(now.filter(([key, { status }]) => status === 'unknown' && wasKnown(old.get(key)))),
    unchanged: now.filter((each) => each[1].status === 'fail' && isOld(each)).length,
  };
}

const nothing: ReadonlySet<string> = new Set();

function isMended(now: SavedFinding | undefined): boolean {
  return now?.status !== 'fail' && now?.status !== 'unknown';
}

function wasKnown(before: SavedFinding | undefined): boolean {
  return before !== undefined && before.status !== 'unknown';
}

/** Findings by what they are about. Lines move; what is found at one field several times is told apart by its order. */
function keyed<F extends SavedFinding>(findings: readonly F[]): Map<string, F> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const key = [finding.control, finding.subject, finding.location?.path ?? ''].join('\0');
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return [`${key}\0${count}`, finding];
    }),
  );
}

function shown(entries: readonly (readonly [string, SavedFinding])[]): ComparedFinding[] {
  return entries.map(([, { control, title, subject, severity }]) => ({ control, title, subject, severity }));
}
