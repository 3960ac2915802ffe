import type { Finding, Report, ReportSubject } from '../../model/report.ts';
import { severityNames } from '../../model/severity.ts';
import { disruptionNames } from '../../model/remedy.ts';
import { type Language, verbatim } from '../../model/text.ts';
import { type FileFindings, findingsByFile } from '../by-file.ts';
import { withStatus } from '../by-subject.ts';
import { type Folded, fold } from '../fold.ts';
import { expiredText, labelled, subjectKindNames, words } from '../words.ts';
import { frame, heading } from './frame.ts';
import { commandLines, indented, waivedBy } from './lines.ts';
import { paint, type Terminal } from './paint.ts';
import { padTo, widthOf } from './wrap.ts';

/** The report on files for a person at a terminal: by file, then by subject, in the order of lines. */
export function renderFiles(report: Report, terminal: Terminal): string {
  const subjects = new Map(report.subjects.map((subject) => [subject.id, subject]));
  const sections = findingsByFile(report).flatMap((group) => {
    const lines = fileLines(group, { file: group.file, subjects, language: report.language, terminal });
    return lines.length === 0 ? [] : ['', heading(group.file, terminal), ...lines];
  });
  return `${[...frame.top(report, terminal), ...sections, '', ...frame.bottom(report, terminal)].join('\n')}\n`;
}

interface Page {
  readonly file: string;
  readonly subjects: ReadonlyMap<string, ReportSubject>;
  readonly language: Language;
  readonly terminal: Terminal;
}

/** What to act on in one file; nothing where all is well. */
function fileLines({ findings }: FileFindings, page: Page): string[] {
  const failures = withStatus(findings, 'fail');
  const waived = withStatus(findings, 'waived');
  const unknown = withStatus(findings, 'unknown');
  const placeWidth = Math.max(0, ...[...failures, ...waived, ...unknown].map((finding) => widthOf(placeOf(finding))));
  const columns = {
    place: placeWidth,
    severity: Math.max(0, ...failures.map((finding) => widthOf(severityText(finding, page.language)))),
  };
  const bySubject = Map.groupBy(fold(failures), ({ first }) => first.subject);
  const isShared = new Set(findings.map(({ subject }) => subject)).size > 1;
  return [
    ...[...bySubject].flatMap(([id, group]) => [
      ...(isShared ? indented('  ', subjectText(id, page), page.terminal, 'dim') : []),
      ...group.flatMap((folded) => failureLines(folded, columns, page)),
    ]),
    ...waived.flatMap((finding) => waivedLines(finding, columns, page)),
    ...unknownLines(unknown, columns, page),
  ];
}

interface Columns {
  readonly place: number;
  readonly severity: number;
}

/** `12:5`; a dash for what concerns the file as a whole. */
function placeOf({ location }: Finding): string {
  if (location?.line === undefined) return '–';
  return location.column === undefined ? String(location.line) : `${location.line}:${location.column}`;
}

function severityText({ severity }: Finding, language: Language): string {
  return severityNames[severity][language].toUpperCase();
}

function subjectText(id: string, page: Page): string {
  const { subjects, language } = page;
  const subject = subjects.get(id);
  const image = subject?.details.image;
  if (!subject) return id;
  const kind = subjectKindNames[subject.kind][language];
  const name = `${kind} ${nameOf(subject, page)}`.trim();
  return [name, ...(typeof image === 'string' && image !== '' ? [image] : [])].join(' · ');
}

/** Without the name of its file where that stands above; nothing for what is that whole file. */
function nameOf({ name }: ReportSubject, { file }: Page): string {
  if (name === file) return '';
  const short = name.startsWith(`${file}:`) ? name.slice(file.length + 1) : name;
  // A number alone is a line, and would pass for a count.
  return /^\d+$/.test(short) ? name : short;
}

function failureLines({ first, others }: Folded, columns: Columns, page: Page): string[] {
  const { language, terminal } = page;
  const { control, title, message, remedy, waiver } = first;
  const severity = severityText(first, language);
  const start = `  ${padTo(placeOf(first), columns.place)}  `;
  const indent = ' '.repeat(widthOf(start));
  const [line = '', ...rest] = indented(
    `${start}${padTo(severity, columns.severity)}  `,
    `${title}  ${control}`,
    terminal,
  );
  return [
    ...[line.replace(severity, paint(severity, first.severity, terminal)), ...rest].map((each) =>
      each.endsWith(control) ? each.slice(0, -control.length) + paint(control, 'dim', terminal) : each,
    ),
    ...indented(indent, message, terminal),
    ...(waiver?.expired
      ? indented(`${indent}! `, labelled(words.waiverExpired, expiredText(waiver), language), terminal)
      : []),
    ...(remedy
      ? [
          ...indented(`${indent}→ `, `${remedy.summary}${byHand(remedy.kind, language)}`, terminal),
          ...commandLines(remedy, `${indent}  `, terminal),
        ]
      : []),
    ...otherLines(first, others, columns, page),
  ];
}

/** In a file nothing restarts, so that only this is worth a word. */
function byHand(kind: string, language: Language): string {
  return kind === 'manual' ? inBrackets(disruptionNames.manual[language], language) : '';
}

function inBrackets(text: string, language: Language): string {
  return language === 'zh' ? `（${text}）` : ` (${text})`;
}

/** Equals are only listed; what says something else says it at its own place. */
function otherLines(first: Finding, others: readonly Finding[], columns: Columns, page: Page): string[] {
  const { terminal } = page;
  const equal = others.filter(({ message }) => message === first.message);
  const different = others.filter(({ message }) => message !== first.message);
  return [
    ...different.flatMap((finding) =>
      indented(`  ${padTo(placeOf(finding), columns.place)}  `, finding.message, terminal),
    ),
    ...(equal.length === 0
      ? []
      : indented(' '.repeat(columns.place + 4), elsewhere(first, equal, page), terminal, 'dim')),
  ];
}

const listed = 12;

/** `and in 7 more containers: db 31:3, cache 44:3`. */
function elsewhere(first: Finding, equal: readonly Finding[], page: Page): string {
  const { subjects, language } = page;
  const others = new Set(equal.map(({ subject }) => subject));
  const places = equal.slice(0, listed).map((finding) => {
    const subject = subjects.get(finding.subject);
    const name = subject ? nameOf(subject, page) : finding.subject;
    return finding.subject === first.subject ? placeOf(finding) : `${name} ${placeOf(finding)}`.trim();
  });
  const list = `${places.join(language === 'zh' ? '、' : ', ')}${equal.length > listed ? ' …' : ''}`;
  const isOneEach = others.size === equal.length && !others.has(first.subject);
  const kind = subjects.get(first.subject)?.kind;
  if (language === 'zh') {
    const counted = isOneEach && kind === 'container' ? `${equal.length} 个容器` : `${equal.length} 处`;
    return `另有 ${counted}：${list}`;
  }
  const what = isOneEach && kind === 'container' ? 'container' : 'place';
  const where = `${what}${equal.length === 1 ? '' : 's'}`;
  return `and ${what === 'container' ? 'in' : 'at'} ${equal.length} more ${where}: ${list}`;
}

function waivedLines(finding: Finding, columns: Columns, { language, terminal }: Page): string[] {
  const { waiver, title, control } = finding;
  if (!waiver) return [];
  const by = inBrackets(waivedBy(waiver, language), language);
  const text = `${labelled(verbatim(title), waiver.reason, language)}${by}  ${control}`;
  return indented(`  ${padTo(placeOf(finding), columns.place)}  – `, text, terminal, 'dim');
}

/** What is unknown for the same reason is said once, with all the controls that it leaves open. */
function unknownLines(unknown: readonly Finding[], columns: Columns, page: Page): string[] {
  const { language, terminal } = page;
  const groups = Map.groupBy(unknown, (finding) => `${finding.message} → ${finding.need ?? ''}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const count = language === 'zh' ? `${group.length} 项未知：` : `${group.length} unknown: `;
    const start = `  ${padTo(placeOf(first), columns.place)}  `;
    const indent = ' '.repeat(widthOf(start) + 2);
    const [head = '', ...rest] = indented(`${start}? `, `${count}${first.message}`, terminal);
    const controls = [...new Set(group.map(({ control }) => control))];
    return [
      head.replace(count, paint(count, 'unknown', terminal)),
      ...rest,
      ...(first.need ? indented(`${indent}→ `, first.need, terminal) : []),
      ...indented(indent, [controls.join(', '), ...namesOf(group, page)].join(' · '), terminal, 'dim'),
    ];
  });
}

/** Whom it concerns, where that is not clear. */
function namesOf(group: readonly Finding[], page: Page): readonly string[] {
  const { subjects, language } = page;
  const ids = [...new Set(group.map(({ subject }) => subject))];
  const names = ids.map((id) => {
    const subject = subjects.get(id);
    return subject ? nameOf(subject, page) : id;
  });
  if (names.length < 2) return names.filter((name) => name !== '');
  const more = names.length > listed ? ' …' : '';
  return [
    `${names
      .filter((name) => name !== '')
      .slice(0, listed)
      .join(language === 'zh' ? '、' : ', ')}${more}`,
  ];
}
