import { disruptionNames } from '../model/remedy.ts';
import type { Finding, Report } from '../model/report.ts';
import { severities, severityNames } from '../model/severity.ts';
import type { Language, Text } from '../model/text.ts';
import { statusNames } from '../model/verdict.ts';
import { findingsByFile, isOfFiles } from './by-file.ts';
import { countFailures, findingsBySubject, withStatus } from './by-subject.ts';
import { contentsFacts, differenceHead, differenceSections } from './contents-facts.ts';
import { type Folded, fold } from './fold.ts';
import { code, codeBlock, prose, table } from './markdown-text.ts';
import { fixBlocks } from './plan/record-markdown.ts';
import { locationText, valueText } from './value-text.ts';
import { placesOf, saidBy, waiverStatusNames } from './vulnerability-waiver-texts.ts';
import {
  comparisonHead,
  comparisonWords,
  detailName,
  detailValue,
  expiredText,
  labelled,
  referenceNames,
  reportTitle,
  scoreCounts,
  scoreText,
  severityCounts,
  sourceNames,
  timeText,
  waiverStateNames,
  words,
} from './words.ts';

const ownWords = {
  clean: { en: 'Nothing failed.', zh: '没有未通过的检查项。' },
  unknown: { en: 'Unknown', zh: '未知' },
  change: { en: 'Change', zh: '变化' },
  nothingToDo: { en: 'Files in which there is nothing to do: {count}.', zh: '无需处理的文件：{count} 个。' },
} satisfies Record<string, Text>;

/** GitHub Flavored Markdown, for the comment on a pull request or a wiki page. What passed is only counted. */
export function renderMarkdown(report: Report): string {
  const { language } = report;
  const groups = isOfFiles(report) ? fileSections(report) : subjectSections(report);
  const blocks = [
    ...headOf(report),
    ...fixBlocks(report),
    ...contentsOf(report),
    ...summaryOf(groups, report),
    ...groups.flatMap((group) => sectionOf(group, language)),
    ...differenceOf(report),
    ...comparisonOf(report),
    ...waiversOf(report),
    ...vulnerabilityWaiversOf(report),
    ...coverageOf(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function contentsOf({ contents = [], language }: Report): string[] {
  return contents.flatMap((each) => [
    `## ${prose(each.target.name)}`,
    contentsFacts(each, language)
      .map(({ name, value }) => `- ${name}: ${prose(value)}`)
      .join('\n'),
  ]);
}

function differenceOf({ difference, language }: Report): string[] {
  if (!difference) return [];
  return [
    `## ${prose(differenceHead(difference, language))}`,
    ...differenceSections(difference, language).flatMap(({ name, summary, lines }) => [
      `**${name}**: ${prose(summary)}`,
      ...(lines.length > 0 ? [codeBlock(lines)] : []),
    ]),
  ];
}

function comparisonOf({ comparison, language }: Report): string[] {
  if (!comparison) return [];
  const rows = (['new', 'fixed', 'unreadable'] as const).flatMap((change) =>
    comparison[change].map(({ control, subject, severity, title }) => [
      comparisonWords[change][language],
      prose(subject),
      severityNames[severity][language],
      `${prose(title)} (${code(control)})`,
    ]),
  );
  const head = [ownWords.change, words.subject, words.severity, words.control].map((each) => each[language]);
  return [`## ${prose(comparisonHead(comparison, language))}`, ...(rows.length > 0 ? [table(head, rows)] : [])];
}

/** What has a heading of its own: a subject, or a file where files were judged. */
interface Section {
  readonly name: string;
  readonly details: readonly string[];
  readonly findings: readonly Finding[];
  readonly failures: readonly Folded[];
}

function subjectSections(report: Report): readonly Section[] {
  const { language } = report;
  return findingsBySubject(report).map(({ subject, findings }) => {
    const details = Object.entries(subject.details).flatMap(([key, value]) =>
      value === undefined || value === null
        ? []
        : [`${prose(detailName(key, language))} ${code(detailValue(key, value, language))}`],
    );
    return {
      name: subject.id,
      details: [`${words.readFrom[language]} ${code(subject.source)}`, ...details],
      findings,
      failures: withStatus(findings, 'fail').map((first) => ({ first, others: [] })),
    };
  });
}

/** In the order of lines, and what fails in the same way at several places only once. */
function fileSections(report: Report): readonly Section[] {
  return findingsByFile(report).map(({ file, findings }) => ({
    name: file,
    details: [],
    findings,
    failures: fold(withStatus(findings, 'fail')),
  }));
}

function headOf(report: Report): readonly string[] {
  const { language, score, findings, baseline, finished, tool } = report;
  const failures = severityCounts(countFailures(findings), language);
  const value =
    score.value === null ? words.nothingJudged[language] : `${words.score[language]} ${scoreText(score)} / 100`;
  return [
    `# ${reportTitle(report)}`,
    `**${value}** · ${scoreCounts(score, language)}`,
    failures === '' ? ownWords.clean[language] : labelled(words.failures, failures, language),
    [
      `${words.baseline[language]} ${code(baseline)}`,
      `${words.finished[language]} ${prose(timeText(finished))}`,
      `${prose(tool.name)} ${prose(tool.version)}`,
    ].join(' · '),
  ];
}

/** Of files only those in which there is something to do: there may be hundreds. */
function summaryOf(groups: readonly Section[], report: Report): readonly string[] {
  const { language } = report;
  if (groups.length === 0) return [];
  const isFiles = isOfFiles(report);
  const shown = isFiles
    ? groups.filter(({ findings }) => withStatus(findings, 'fail', 'unknown', 'waived').length > 0)
    : groups;
  const others = groups.length - shown.length;
  const head = [
    (isFiles ? words.file : words.subject)[language],
    ...severities.map((severity) => severityNames[severity][language]),
    ...(['unknown', 'waived', 'pass'] as const).map((status) => statusNames[status][language]),
  ];
  const rows = shown.map(({ name, findings }) => {
    const failures = countFailures(findings);
    const counts = [
      ...severities.map((severity) => failures[severity]),
      ...(['unknown', 'waived', 'pass'] as const).map((status) => withStatus(findings, status).length),
    ];
    return [code(name), ...counts.map((count) => (count === 0 ? '' : String(count)))];
  });
  return [
    ...(rows.length === 0 ? [] : [table(head, rows)]),
    ...(others === 0 ? [] : [ownWords.nothingToDo[language].replace('{count}', String(others))]),
  ];
}

function sectionOf({ name, details, findings, failures }: Section, language: Language): readonly string[] {
  const unknown = withStatus(findings, 'unknown');
  if (failures.length + unknown.length === 0) return [];
  return [
    `## ${code(name)}`,
    ...(details.length === 0 ? [] : [details.join(' · ')]),
    ...failures.flatMap((folded) => failureOf(folded, language)),
    ...(unknown.length === 0 ? [] : unknownOf(unknown, language)),
  ];
}

function failureOf({ first, others }: Folded, language: Language): readonly string[] {
  const { severity, title, control, message, evidence, location, waiver, remedy, references } = first;
  const facts = [
    ...evidence.map(
      ({ source, path, value }) =>
        `- ${labelled(words.evidence, `${code(path)} = ${code(valueText(value, language))}`, language)} (${sourceNames[source][language]})`,
    ),
    ...(location?.file === undefined ? [] : [`- ${labelled(words.where, code(locationText(location)), language)}`]),
    ...others.map((each) => {
      const place = each.location ? code(locationText(each.location)) : code(each.subject);
      return `- ${labelled(words.where, place, language)}${each.message === message ? '' : ` · ${prose(each.message)}`}`;
    }),
    ...(waiver?.expired ? [`- ${labelled(words.waiverExpired, prose(expiredText(waiver)), language)}`] : []),
  ];
  return [
    `### ${severityNames[severity][language]} · ${statusNames.fail[language]} · ${prose(title)}`,
    [code(control), ...referenceNames(references).map(prose)].join(' · '),
    prose(message),
    ...(facts.length === 0 ? [] : [facts.join('\n')]),
    ...(remedy === null
      ? []
      : [
          `**${words.fix[language]}** (${disruptionNames[remedy.disruption][language]}): ${prose(remedy.summary)}`,
          ...(remedy.commands.length === 0 ? [] : [codeBlock(remedy.commands)]),
        ]),
  ];
}

function unknownOf(unknown: readonly Finding[], language: Language): readonly string[] {
  const head = [words.severity, words.control, words.reason, words.need].map((word) => word[language]);
  const rows = unknown.map(({ severity, control, title, message, need }) => [
    severityNames[severity][language],
    `${code(control)} ${prose(title)}`,
    prose(message),
    prose(need ?? ''),
  ]);
  return [`### ${ownWords.unknown[language]}`, table(head, rows)];
}

function waiversOf({ waivers, language }: Report): readonly string[] {
  if (waivers.length === 0) return [];
  const head = [words.control, words.subject, words.reason, words.owner, words.until, words.status, words.findings];
  const rows = waivers.map(({ control, subject, reason, owner, until, state, findings }) => [
    code(control),
    code(subject),
    prose(reason),
    prose(owner ?? words.besideIt[language]),
    prose(until ?? '–'),
    waiverStateNames[state][language],
    String(findings),
  ]);
  return [
    `## ${words.waivers[language]}`,
    table(
      head.map((word) => word[language]),
      rows,
    ),
  ];
}

function vulnerabilityWaiversOf({ vulnerabilityWaivers = [], language }: Report): readonly string[] {
  if (vulnerabilityWaivers.length === 0) return [];
  const head = [
    words.vulnerability,
    words.appliesTo,
    words.reason,
    words.verdict,
    words.owner,
    words.until,
    words.status,
    words.findings,
  ];
  const rows = vulnerabilityWaivers.map((waiver) => [
    code(waiver.vulnerability),
    placesOf(waiver).map(code).join(' ') || '–',
    prose(waiver.reason),
    waiverStatusNames[waiver.status][language],
    prose(saidBy(waiver)),
    prose(waiver.until),
    waiverStateNames[waiver.state][language],
    String(waiver.findings),
  ]);
  return [
    `## ${words.vulnerabilityWaivers[language]}`,
    table(
      head.map((word) => word[language]),
      rows,
    ),
  ];
}

function coverageOf({ coverage, language }: Report): readonly string[] {
  const gaps = coverage.filter((each) => each.status === 'unreadable');
  if (gaps.length === 0) return [];
  const head = [words.subject, words.fact, words.reason, words.need].map((word) => word[language]);
  const rows = gaps.map(({ subject, what, reason, need }) => [
    code(subject),
    code(what),
    prose(reason ?? ''),
    prose(need ?? ''),
  ]);
  return [
    '<details>',
    `<summary>${words.unreadable[language]} (${gaps.length})</summary>`,
    words.coverageNote[language],
    table(head, rows),
    '</details>',
  ];
}
