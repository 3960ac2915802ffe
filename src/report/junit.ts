import type { FixRecord } from '../model/fix-report.ts';
import type { Finding, Report, ReportSubject } from '../model/report.ts';
import { severityNames } from '../model/severity.ts';
import type { Language } from '../model/text.ts';
import { disruptionNames } from '../model/remedy.ts';
import { statusNames } from '../model/verdict.ts';
import { findingsByFile, isOfFiles } from './by-file.ts';
import { findingsBySubject, withStatus } from './by-subject.ts';
import { evidenceText, locationText, valueText } from './value-text.ts';
import { expiredText, labelled, words } from './words.ts';

/**
 * JUnit XML, for the test view of a CI system: a suite is a subject, or a file where files were judged; a case is
 * what one control says of one subject, at one place.
 *
 * What is unknown is `skipped` with its reason, not `error`. CI systems count an error as a failed test, and
 * a run without root has many unknowns: the view would be red where the exit code is 0, and people would
 * stop looking. Skipped is not passed either. Who wants unknowns to break the build runs with `--strict`.
 */
export function renderJunit(report: Report): string {
  const seconds = (Date.parse(report.finished) - Date.parse(report.started)) / 1000;
  const suites = isOfFiles(report)
    ? findingsByFile(report).map(({ file, findings }) => suiteOf(file, findings, {}, report))
    : findingsBySubject(report).map(({ subject, findings }, index) => {
        const fixed = index === 0 && report.fix ? fixProperties(report.fix) : {};
        const details = { kind: subject.kind, source: subject.source, ...subject.details, ...fixed };
        return suiteOf(subject.id, findings, details, report);
      });
  const attributes = {
    name: `${report.tool.name} ${report.tool.version}`,
    ...countsOf(report.findings),
    time: Number.isFinite(seconds) ? seconds.toFixed(3) : undefined,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

/** Only a suite has properties, so that the first one tells what a fix did. */
function fixProperties({ kind, id, actions }: FixRecord): Readonly<Record<string, string>> {
  const states = actions.map((action) => [
    `${kind}/${action.id}`,
    `${action.state}${action.reason === null ? '' : ` (${action.reason})`}`,
  ]);
  return { [kind]: id, ...Object.fromEntries(states) };
}

function suiteOf(
  name: string,
  findings: readonly Finding[],
  details: ReportSubject['details'],
  { started, language }: Report,
): string {
  const properties = Object.entries(details).flatMap(([key, value]) =>
    value === undefined || value === null
      ? []
      : [element('property', { name: key, value: valueText(value, language) })],
  );
  const names = caseNames(findings);
  return element(
    'testsuite',
    // The schema of Jenkins takes neither fractions nor a zone.
    { name, ...countsOf(findings), timestamp: started.slice(0, 19) },
    [
      ...(properties.length === 0 ? [] : [element('properties', {}, properties)]),
      ...findings.map((finding, index) => caseOf(finding, names[index] ?? finding.control, language)),
    ],
  );
}

function countsOf(findings: readonly Finding[]): Attributes {
  return {
    tests: findings.length,
    failures: withStatus(findings, 'fail').length,
    errors: 0,
    skipped: withStatus(findings, 'unknown', 'not-applicable', 'waived').length,
  };
}

/** Programs tell cases apart by name. Places of one control are numbered: their lines change from run to run. */
function caseNames(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ subject, control, title }) => {
    const key = `${subject}\0${control}`;
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return `${control}: ${title}${number === 1 ? '' : ` #${number}`}`;
  });
}

function caseOf(finding: Finding, name: string, language: Language): string {
  const attributes = {
    classname: finding.subject,
    name,
    file: finding.location?.file,
    line: finding.location?.file === undefined ? undefined : finding.location.line,
  };
  return element('testcase', attributes, outcomeOf(finding, language));
}

function outcomeOf(finding: Finding, language: Language): readonly string[] {
  if (finding.status === 'pass') return [];
  if (finding.status !== 'fail') return [element('skipped', { message: skippedText(finding, language) })];
  const attributes = { type: finding.severity, message: finding.message };
  return [element('failure', attributes, [escapeText(failureText(finding, language))])];
}

/** GitLab shows the text and not the attribute, so the message is in both. */
function failureText(finding: Finding, language: Language): string {
  const { location, remedy, waiver } = finding;
  const lines = [
    labelled(severityNames[finding.severity], finding.message, language),
    ...finding.evidence.map((each) => labelled(words.evidence, evidenceText(each, language), language)),
    ...(location === null ? [] : [labelled(words.where, locationText(location), language)]),
    ...(waiver?.expired ? [labelled(words.waiverExpired, expiredText(waiver), language)] : []),
    ...(remedy === null
      ? []
      : [
          labelled(words.fix, `${remedy.summary} (${disruptionNames[remedy.disruption][language]})`, language),
          ...remedy.commands,
        ]),
  ];
  return lines.join('\n');
}

function skippedText({ status, message, need, waiver }: Finding, language: Language): string {
  const parts = [
    labelled(statusNames[status], message, language),
    ...(need === null ? [] : [labelled(words.need, need, language)]),
    ...(waiver === null
      ? []
      : [
          labelled(words.reason, waiver.reason, language),
          labelled(words.owner, waiver.owner ?? words.besideIt[language], language),
          ...(waiver.until === null ? [] : [labelled(words.until, waiver.until, language)]),
        ]),
  ];
  return parts.join('\n');
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Children are elements, or one escaped text, which keeps its white space. */
function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeAttribute(String(value))}"`]))
    .join('');
  if (children.length === 0) return `<${name}${start}/>`;
  const content = children.every((child) => child.startsWith('<')) ? `\n${children.join('\n')}\n` : children.join('');
  return `<${name}${start}>${content}</${name}>`;
}

/** Line ends and tabs would become spaces in an attribute. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** XML 1.0 cannot hold most control characters, not even escaped: they become U+FFFD, as do lone surrogates. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(illegal, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
