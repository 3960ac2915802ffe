import { usualSeverity } from '../model/control.ts';
import { matchesGlob } from '../model/glob.ts';
import type { ReportWaiver } from '../model/report.ts';
import { reaches } from '../model/severity.ts';
import type { CoverageEntry } from './coverage.ts';
import type { JudgedFinding } from './judge.ts';
import type { Policy } from './policy.ts';
import { selectControls } from './selection.ts';
import { isExpired, type Waiver } from './waivers.ts';

interface Run {
  readonly policy: Policy;
  readonly findings: readonly JudgedFinding[];
  readonly coverage: readonly CoverageEntry[];
  /** In a scan, the subjects that were named; absent where everything of a machine or of a folder was judged. */
  readonly scanned?: readonly { readonly id: string }[] | undefined;
}

/** What became of each waiver; those of which this run can say nothing are left out. */
export function useOfWaivers(run: Run, now: Date): ReportWaiver[] {
  return run.policy.waivers.flatMap((waiver): ReportWaiver[] => {
    const findings = run.findings.filter((finding) => finding.waiver === waiver).length;
    const state = isExpired(waiver, now) ? 'expired' : findings > 0 ? 'used' : 'unused';
    return state === 'unused' && !wasPutToTheTest(waiver, run)
      ? []
      : [{ ...waiver, owner: waiver.owner ?? null, until: waiver.until ?? null, state, findings }];
  });
}

/** A run that left its controls out, or could not read what they ask about, does not show that a waiver can go. */
function wasPutToTheTest(waiver: Waiver, { policy, findings, coverage, scanned }: Run): boolean {
  const controls = selectControls(waiver.control).filter(
    (control) => policy.controls.includes(control) && reaches(usualSeverity(control), policy.severity),
  );
  const isUnclear = findings.some(
    ({ status, control, subject }) =>
      status === 'unknown' && controls.includes(control) && matchesGlob(waiver.subject, subject.id),
  );
  const isListed = !coverage.some(({ what, reason }) => reason && what.startsWith('GET /containers/'));
  const isHere = !scanned || scanned.some(({ id }) => matchesGlob(waiver.subject, id));
  return controls.length > 0 && isListed && isHere && !isUnclear;
}
