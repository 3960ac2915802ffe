import type { Finding, Report } from '../../model/report.ts';
import { compareSeverity, severities, severityNames } from '../../model/severity.ts';
import type { Text } from '../../model/text.ts';
import { countFailures, findingsBySubject, withStatus, worstSubjectsFirst } from '../by-subject.ts';
import { words } from '../words.ts';
import { frame, gapLines, heading, scoreLines } from './frame.ts';
import { paint, type Terminal } from './paint.ts';
import { cutTo, padTo, widthOf } from './wrap.ts';

const summaryWords = {
  unknown: { en: 'unknown', zh: '未知' },
  worst: { en: 'Fix first', zh: '优先修复' },
} satisfies Record<string, Text>;

/** A screen has 24 lines, and the last one is the prompt's. */
const screenRows = 23;
const controlRows = 5;
const gapRows = 4;

/** The report on one screen of 24 lines: subjects in a table, and what to mend first. */
export function renderSummary(report: Report, terminal: Terminal): string {
  const top = [...frame.top(report, terminal), ''];
  const bottom = [
    ...worstControls(report, terminal),
    '',
    ...scoreLines(report, terminal),
    ...gapLines(report, terminal).slice(1, 1 + gapRows),
  ];
  const table = subjectTable(report, terminal, screenRows - top.length - bottom.length);
  return `${[...top, ...table, ...bottom].join('\n')}\n`;
}

/** As many subjects as there are rows for, besides the head and a line that counts the others. */
function subjectTable(report: Report, terminal: Terminal, rows: number): string[] {
  const { language } = report;
  const groups = worstSubjectsFirst(findingsBySubject(report)).filter(({ findings }) => findings.length > 0);
  const columns = [...severities.map((severity) => severityNames[severity][language]), summaryWords.unknown[language]];
  const countsWidth = columns.reduce((sum, column) => sum + widthOf(column) + 2, 0);
  const nameWidth = Math.min(
    40,
    Math.max(10, ...groups.map(({ subject }) => widthOf(subject.id))),
    terminal.width - countsWidth,
  );
  const row = (name: string, cells: readonly string[]) =>
    `${padTo(cutTo(name, nameWidth), nameWidth)} ${cells.map((cell, index) => padTo(cell, widthOf(columns[index] ?? ''))).join('  ')}`;
  const shown = groups.slice(0, groups.length < rows ? groups.length : rows - 2).map(({ subject, findings }) => {
    const counts = countFailures(findings);
    const unknown = withStatus(findings, 'unknown').length;
    return row(
      subject.id,
      [...severities.map((severity) => counts[severity]), unknown].map((count) => (count ? String(count) : '·')),
    );
  });
  const rest = groups.length - shown.length;
  const more = language === 'zh' ? `……另外 ${rest} 个对象` : `… and ${rest} more subjects`;
  return [
    paint(row(words.subject[language], columns), 'dim', terminal),
    ...shown.map((line) => line.trimEnd()),
    ...(rest > 0 ? [paint(more, 'dim', terminal)] : []),
  ];
}

/** The failures that weigh most, each with how many subjects it concerns. */
function worstControls(report: Report, terminal: Terminal): string[] {
  const { language } = report;
  const groups = [...Map.groupBy(withStatus(report.findings, 'fail'), ({ control }) => control).values()]
    .flatMap((group) => {
      const worst = group.toSorted((left, right) => compareSeverity(left.severity, right.severity))[0];
      return worst ? [{ worst, count: group.length }] : [];
    })
    .toSorted((left, right) => compareSeverity(left.worst.severity, right.worst.severity) || right.count - left.count)
    .slice(0, controlRows);
  if (groups.length === 0) return [];
  const line = ({ worst, count }: { worst: Finding; count: number }) => {
    const severity = severityNames[worst.severity][language];
    return cutTo(`  ${count}× ${severity} ${worst.title} [${worst.control}]`, terminal.width);
  };
  return ['', heading(summaryWords.worst[language], terminal), ...groups.map(line)];
}
