import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { type Language, verbatim } from '../model/text.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { type Problem, problemsOf, problemText } from './problem.ts';
import { labelled } from './words.ts';

/** A Code Quality report of GitLab, which shows what is new in a merge request beside its lines. */
export function renderGitlab(report: Report): string {
  const fingerprints = fingerprintsOf(report);
  const issues = problemsOf(report).map((problem) => {
    const { file, line, severity, finding } = problem;
    return {
      description: descriptionOf(problem, report.language).toWellFormed(),
      check_name: finding?.control ?? 'plimsoll-unreadable',
      fingerprint: (finding && fingerprints.get(finding)) ?? fingerprintOf(problem),
      severity: severities[severity],
      location: {
        // GitLab wants a path and a line of everything; a subject without a file is its own.
        path: (file ?? finding?.subject ?? '').replace(/^(?:\.\/+)+/, '').toWellFormed(),
        lines: { begin: line ?? 1 },
      },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}

const severities: Readonly<Record<Problem['severity'], 'blocker' | 'critical' | 'major' | 'minor' | 'info'>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
  unknown: 'info',
};

/** It is shown by itself, without the control's name. */
function descriptionOf(problem: Problem, language: Language): string {
  const { finding, severity, message } = problem;
  const text = severity === 'unknown' ? problemText(problem) : message;
  return finding ? labelled(verbatim(finding.title), text, language) : text;
}

/** Of a file that could not be read: there is one reason for each place, and it may move. */
function fingerprintOf({ file, message, line }: Problem): string {
  return createHash('sha256').update(['unreadable', file, message, line].join('\0')).digest('hex');
}
