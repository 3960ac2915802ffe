import type { Finding, Report, ReportSubject } from '../../model/report.ts';
import { disruptionNames } from '../../model/remedy.ts';
import { severityNames } from '../../model/severity.ts';
import { type Language, verbatim } from '../../model/text.ts';
import { isOfFiles } from '../by-file.ts';
import { findingsBySubject, worstFirst, withStatus } from '../by-subject.ts';
import { evidenceText, locationText } from '../value-text.ts';
import { detailName, detailValue, expiredText, labelled, words } from '../words.ts';
import { comparisonLines } from './comparison.ts';
import { componentLines } from './components.ts';
import { contentsLines, differenceLines } from './contents.ts';
import { renderFiles } from './files.ts';
import { fixLines } from './fix.ts';
import { frame, heading } from './frame.ts';
import { commandLines, indented, waivedBy } from './lines.ts';
import { paint, type Terminal } from './paint.ts';
import { reachLines } from './reach.ts';

/** The report for a person at a terminal: by subject, the worst first, with the evidence and the way out. */
export function renderTerminal(report: Report, terminal: Terminal): string {
  if (isOfFiles(report)) return renderFiles(report, terminal);
  const groups = worstFirst(findingsBySubject(report));
  const sections = groups.flatMap(({ subject, findings }) => {
    const failures = withStatus(findings, 'fail');
    const unknowns = withStatus(findings, 'unknown');
    const waived = withStatus(findings, 'waived');
    if (failures.length + unknowns.length + waived.length === 0) return [];
    return [
      '',
      heading(subjectLine(subject, report.language), terminal),
      ...failures.flatMap((finding) => failureLines(finding, report.language, terminal)),
      ...waived.flatMap((finding) => waivedLines(finding, report.language, terminal)),
      ...unknownLines(unknowns, report.language, terminal),
    ];
  });
  const { comparison, language, reach = [] } = report;
  const compared = comparison ? comparisonLines(comparison, language, terminal) : [];
  return `${[...frame.top(report, terminal), ...fixLines(report, terminal), ...contentsLines(report, terminal), ...componentLines(report.components, language, terminal), ...sections, ...reachLines(reach, language, terminal), ...differenceLines(report, terminal), ...compared, '', ...frame.bottom(report, terminal)].join('\n')}\n`;
}

function subjectLine(subject: ReportSubject, language: Language): string {
  const details = Object.entries(subject.details)
    .filter(([, value]) => typeof value === 'string' && value !== '')
    .map(([key, value]) => {
      const shown = detailValue(key, value, language);
      return key === 'state' ? shown : `${detailName(key, language)} ${shown}`;
    });
  return [subject.id, ...details].join(' · ');
}

function failureLines(finding: Finding, language: Language, terminal: Terminal): string[] {
  const severity = severityNames[finding.severity][language].toUpperCase();
  const { remedy, waiver } = finding;
  const place = finding.location?.file ? locationText(finding.location) : undefined;
  const [first = '', ...rest] = indented('✗ ', `${severity} ${finding.title}`, terminal);
  return [
    '',
    first.replace(severity, paint(severity, finding.severity, terminal)),
    ...rest,
    ...indented('    ', `${finding.message} [${finding.control}]`, terminal),
    ...(waiver?.expired
      ? indented('    ! ', labelled(words.waiverExpired, expiredText(waiver), language), terminal)
      : []),
    ...finding.evidence.flatMap((each) => indented('    · ', evidenceText(each, language), terminal, 'dim')),
    ...(place ? indented('    @ ', place, terminal, 'dim') : []),
    ...(remedy
      ? [
          ...indented('    → ', `${remedy.summary} (${disruptionNames[remedy.disruption][language]})`, terminal),
          ...commandLines(remedy, '      ', terminal),
        ]
      : []),
  ];
}

function waivedLines(finding: Finding, language: Language, terminal: Terminal): string[] {
  const { waiver } = finding;
  if (!waiver) return [];
  const text = `${labelled(verbatim(finding.title), waiver.reason, language)} (${waivedBy(waiver, language)}) [${finding.control}]`;
  return ['', ...indented('– ', text, terminal, 'dim')];
}

/** What the same thing would make known is said together: with the controls it leaves open, and the reasons where they differ. */
function unknownLines(unknowns: readonly Finding[], language: Language, terminal: Terminal): string[] {
  const groups = Map.groupBy(unknowns, ({ message, need }) => need ?? message);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const count = language === 'zh' ? `${group.length} 项未知：` : `${group.length} unknown: `;
    const reasons = Map.groupBy(group, ({ message }) => message);
    const isOne = reasons.size === 1;
    const [head = '', ...rest] = indented('? ', `${count}${isOne ? first.message : (first.need ?? '')}`, terminal);
    return [
      '',
      head.replace(count, paint(count, 'unknown', terminal)),
      ...rest,
      ...(isOne && first.need ? indented('    → ', first.need, terminal) : []),
      ...(isOne
        ? []
        : [...reasons].flatMap(([reason, each]) => indented('    · ', `${reason} [${namesOf(each)}]`, terminal))),
      ...(isOne ? indented('    ', namesOf(group), terminal, 'dim') : []),
    ];
  });
}

function namesOf(findings: readonly Finding[]): string {
  return findings.map(({ control }) => control).join(', ');
}
