import type { Finding, Report } from '../../model/report.ts';
import { compareSeverity, severities, severityNames } from '../../model/severity.ts';
import type { Language, Text } from '../../model/text.ts';
import { findingsByFile, isOfFiles } from '../by-file.ts';
import { countFailures, findingsBySubject, withStatus, worstFirst } from '../by-subject.ts';
import { words } from '../words.ts';
import { fixSummaryLines } from './fix.ts';
import { frame, gapLines, heading, scoreLines } from './frame.ts';
import { paint, type Terminal } from './paint.ts';
import { cutStartTo, cutTo, padTo, widthOf } from './wrap.ts';

const summaryWords = {
  unknown: { en: 'unknown', zh: '未知' },
  worst: { en: 'Fix first', zh: '优先修复' },
  frequent: { en: 'Most frequent', zh: '最常出现' },
} satisfies Record<string, Text>;

/** A screen has 24 lines, and the last one is the prompt's. */
const screenRows = 23;
const controlRows = 5;
const gapRows = 4;

/** The report on one screen of 24 lines: subjects or files in a table, and what to mend first. */
export function renderSummary(report: Report, terminal: Terminal): string {
  const top = [...frame.top(report, terminal), ''];
  // What was done is told in full, in front of the screen.
  const fixed = fixSummaryLines(report, terminal);
  const bottom = [
    ...failedControls(report, terminal),
    '',
    ...scoreLines(report, terminal),
    ...gapLines(report, terminal).slice(1, 1 + gapRows),
  ];
  const rows = table(report, terminal, screenRows - top.length - bottom.length);
  return `${[...fixed.slice(1), ...(fixed.length > 0 ? [''] : []), ...top, ...rows, ...bottom].join('\n')}\n`;
}

/** A line of the table: a subject, or a file where files were judged. */
interface Row {
  readonly name: string;
  readonly findings: readonly Finding[];
}

function rowsOf(report: Report): readonly Row[] {
  const rows = isOfFiles(report)
    ? findingsByFile(report).map(({ file, findings }) => ({ name: file, findings }))
    : findingsBySubject(report).map(({ subject, findings }) => ({ name: subject.id, findings }));
  return worstFirst(rows).filter(({ findings }) => findings.length > 0);
}

/** As many as there are rows for, besides the head and a line that counts the others. */
function table(report: Report, terminal: Terminal, height: number): string[] {
  const { language } = report;
  const isFiles = isOfFiles(report);
  const all = rowsOf(report);
  const columns = [...severities.map((severity) => severityNames[severity][language]), summaryWords.unknown[language]];
  const countsWidth = columns.reduce((sum, column) => sum + widthOf(column) + 2, 0);
  const nameWidth = Math.min(40, Math.max(10, ...all.map(({ name }) => widthOf(name))), terminal.width - countsWidth);
  const line = (name: string, cells: readonly string[]) =>
    `${padTo((isFiles ? cutStartTo : cutTo)(name, nameWidth), nameWidth)} ${cells.map((cell, index) => padTo(cell, widthOf(columns[index] ?? ''))).join('  ')}`;
  const shown = all.slice(0, all.length < height ? all.length : height - 2).map(({ name, findings }) => {
    const counts = countFailures(findings);
    const unknown = withStatus(findings, 'unknown').length;
    return line(
      name,
      [...severities.map((severity) => counts[severity]), unknown].map((count) => (count ? String(count) : '·')),
    );
  });
  const rest = all.length - shown.length;
  return [
    paint(line((isFiles ? words.file : words.subject)[language], columns), 'dim', terminal),
    ...shown.map((each) => each.trimEnd()),
    ...(rest > 0 ? [paint(moreText(rest, isFiles, language), 'dim', terminal)] : []),
  ];
}

function moreText(rest: number, isFiles: boolean, language: Language): string {
  if (language === 'zh') return `……另外 ${rest} 个${isFiles ? '文件' : '对象'}`;
  return `… and ${rest} more ${isFiles ? 'file' : 'subject'}${rest === 1 && isFiles ? '' : 's'}`;
}

interface FailedControl {
  readonly worst: Finding;
  readonly count: number;
}

/** The failures that weigh most on a machine, and those that are most frequent in files, each with how many there are. */
function failedControls(report: Report, terminal: Terminal): string[] {
  const { language } = report;
  const isFiles = isOfFiles(report);
  const groups = [...Map.groupBy(withStatus(report.findings, 'fail'), ({ control }) => control).values()]
    .flatMap((group): FailedControl[] => {
      const worst = group.toSorted((left, right) => compareSeverity(left.severity, right.severity))[0];
      return worst ? [{ worst, count: group.length }] : [];
    })
    .toSorted((left, right) =>
      isFiles ? byCount(left, right) || bySeverity(left, right) : bySeverity(left, right) || byCount(left, right),
    )
    .slice(0, controlRows);
  if (groups.length === 0) return [];
  const line = ({ worst, count }: FailedControl) => {
    const severity = severityNames[worst.severity][language];
    return cutTo(`  ${count}× ${severity} ${worst.title} [${worst.control}]`, terminal.width);
  };
  const title = isFiles ? summaryWords.frequent : summaryWords.worst;
  return ['', heading(title[language], terminal), ...groups.map(line)];
}

function bySeverity(left: FailedControl, right: FailedControl): number {
  return compareSeverity(left.worst.severity, right.worst.severity);
}

function byCount(left: FailedControl, right: FailedControl): number {
  return right.count - left.count;
}
