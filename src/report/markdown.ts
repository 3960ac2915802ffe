import { disruptionNames } from '../model/remedy.ts';
import type { Finding, Report } from '../model/report.ts';
import { severities, severityNames } from '../model/severity.ts';
import type { Language, Text } from '../model/text.ts';
import { statusNames } from '../model/verdict.ts';
import { countFailures, findingsBySubject, type SubjectFindings, withStatus } from './by-subject.ts';
import { code, codeBlock, prose, table } from './markdown-text.ts';
import { locationText, valueText } from './value-text.ts';
import {
  detailName,
  detailValue,
  labelled,
  referenceNames,
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
} satisfies Record<string, Text>;

/** GitHub Flavored Markdown, for the comment on a pull request or a wiki page. What passed is only counted. */
export function renderMarkdown(report: Report): string {
  const { language } = report;
  const groups = findingsBySubject(report);
  const blocks = [
    ...headOf(report),
    ...(groups.length === 0 ? [] : [summaryOf(groups, language)]),
    ...groups.flatMap((group) => subjectOf(group, language)),
    ...waiversOf(report),
    ...coverageOf(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function headOf({ language, score, findings, baseline, finished, tool }: Report): readonly string[] {
  const failures = severityCounts(countFailures(findings), language);
  const value =
    score.value === null ? words.nothingJudged[language] : `${words.score[language]} ${scoreText(score)} / 100`;
  return [
    `# ${words.auditReport[language]}`,
    `**${value}** · ${scoreCounts(score, language)}`,
    failures === '' ? ownWords.clean[language] : labelled(words.failures, failures, language),
    [
      `${words.baseline[language]} ${code(baseline)}`,
      `${words.finished[language]} ${prose(timeText(finished))}`,
      `${prose(tool.name)} ${prose(tool.version)}`,
    ].join(' · '),
  ];
}

function summaryOf(groups: readonly SubjectFindings[], language: Language): string {
  const head = [
    words.subject[language],
    ...severities.map((severity) => severityNames[severity][language]),
    ...(['unknown', 'waived', 'pass'] as const).map((status) => statusNames[status][language]),
  ];
  const rows = groups.map(({ subject, findings }) => {
    const failures = countFailures(findings);
    const counts = [
      ...severities.map((severity) => failures[severity]),
      ...(['unknown', 'waived', 'pass'] as const).map((status) => withStatus(findings, status).length),
    ];
    return [code(subject.id), ...counts.map((count) => (count === 0 ? '' : String(count)))];
  });
  return table(head, rows);
}

function subjectOf({ subject, findings }: SubjectFindings, language: Language): readonly string[] {
  const failed = withStatus(findings, 'fail');
  const unknown = withStatus(findings, 'unknown');
  if (failed.length + unknown.length === 0) return [];
  const details = Object.entries(subject.details).flatMap(([key, value]) =>
    value === undefined || value === null
      ? []
      : [`${prose(detailName(key, language))} ${code(detailValue(key, value, language))}`],
  );
  return [
    `## ${code(subject.id)}`,
    [`${words.readFrom[language]} ${code(subject.source)}`, ...details].join(' · '),
    ...failed.flatMap((finding) => failureOf(finding, language)),
    ...(unknown.length === 0 ? [] : unknownOf(unknown, language)),
  ];
}

function failureOf(finding: Finding, language: Language): readonly string[] {
  const { severity, title, control, message, evidence, location, waiver, remedy, references } = finding;
  const facts = [
    ...evidence.map(
      ({ source, path, value }) =>
        `- ${labelled(words.evidence, `${code(path)} = ${code(valueText(value, language))}`, language)} (${sourceNames[source][language]})`,
    ),
    ...(location?.file === undefined ? [] : [`- ${labelled(words.where, code(locationText(location)), language)}`]),
    ...(waiver?.expired
      ? [
          `- ${labelled(words.waiverExpired, [waiver.until, waiver.owner, waiver.reason].map(prose).join(', '), language)}`,
        ]
      : []),
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
    prose(owner),
    prose(until),
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
