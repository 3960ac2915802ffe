import type { JsonObject } from '../model/json.ts';
import type { Coverage, Finding, Report, ReportSubject } from '../model/report.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import type { Language } from '../model/text.ts';
import { fileFinder, isOfFiles } from './by-file.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { plainLinks } from './value-text.ts';
import { acceptedBy, labelled, referenceNames, words } from './words.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0, for code scanning. Failures, accepted failures and open questions are results. Passes and
 * questions that do not arise are left out: the best-known consumer (GitHub) does not look at `kind` and
 * would raise an alert for each. The score among the run's properties counts them.
 */
export function renderSarif(report: Report): string {
  const rules = [...Map.groupBy(report.findings, (finding) => finding.control).values()].map(ruleOf);
  const ruleIndexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const subjects = new Map(report.subjects.map((subject) => [subject.id, subject]));
  const fingerprints = fingerprintsOf(report);
  const fileOf = fileFinder(report);
  const document = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: report.tool.name, version: report.tool.version, rules } },
        language: report.language === 'zh' ? 'zh-CN' : 'en-US',
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `plimsoll/${report.contents ? 'scan' : isOfFiles(report) ? 'check' : 'audit'}/` },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: report.started,
            endTimeUtc: report.finished,
            toolExecutionNotifications: report.coverage
              .filter((each) => each.status === 'unreadable')
              .map((each) => notificationOf(each, report.language)),
          },
        ],
        results: report.findings
          .filter((finding) => finding.status !== 'pass' && finding.status !== 'not-applicable')
          .map((finding) =>
            resultOf(finding, {
              ruleIndex: ruleIndexes.get(finding.control),
              subject: subjects.get(finding.subject),
              file: fileOf(finding),
              fingerprint: fingerprints.get(finding) ?? '',
              language: report.language,
            }),
          ),
        properties: {
          baseline: report.baseline,
          score: report.score,
          ...(report.fix ? { fix: report.fix } : {}),
        },
      },
    ],
  };
  return `${JSON.stringify(document, wellFormed, 2)}\n`;
}

/** A lone surrogate is legal for JSON.stringify and refused by strict readers. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** On the scale of CVSS, as strings, as GitHub asks for. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

/** The severity may depend on the subject, a rule has but one: the worst that was found. */
function ruleOf(findings: readonly Finding[]) {
  const first = findings[0] as Finding;
  const severity = findings.map((finding) => finding.severity).toSorted(compareSeverity)[0] as Severity;
  const level = levels[severity];
  const [link] = plainLinks(first.references);
  const help = [first.title, ...referenceNames(first.references)].join('\n');
  return {
    id: first.control,
    name: pascalCase(first.control),
    shortDescription: { text: messageText(first.title) },
    // GitHub demands it, and the document has no longer one.
    fullDescription: { text: messageText(first.title) },
    help: { text: messageText(help) },
    ...(link === undefined ? {} : { helpUri: link }),
    defaultConfiguration: { level },
    properties: {
      tags: ['security', first.level],
      'problem.severity': level === 'note' ? 'recommendation' : level,
      'security-severity': securitySeverities[severity],
      references: first.references,
    },
  };
}

interface Surroundings {
  readonly ruleIndex: number | undefined;
  readonly subject: ReportSubject | undefined;
  readonly file: string | undefined;
  readonly fingerprint: string;
  readonly language: Language;
}

/** What does not fail has level `none`, says section 3.27.10 of the specification. */
function resultOf(finding: Finding, { ruleIndex, subject, file, fingerprint, language }: Surroundings): JsonObject {
  const failed = finding.status === 'fail' || finding.status === 'waived';
  return {
    ruleId: finding.control,
    ruleIndex,
    kind: failed ? 'fail' : 'open',
    level: failed ? levels[finding.severity] : 'none',
    message: { text: messageText(messageOf(finding, language)) },
    locations: [locationOf(finding, subject, file)],
    // The first is ours; the second is the only one that GitHub tells results apart by.
    partialFingerprints: { 'controlAndSubject/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    // On every result or on none, says section 3.27.23. A waiver that has expired suppresses nothing.
    suppressions:
      finding.status === 'waived'
        ? [
            {
              kind: finding.waiver?.owner === null ? 'inSource' : 'external',
              status: 'accepted',
              justification: justification(finding, language),
            },
          ]
        : [],
    properties: propertiesOf(finding),
  };
}

/** Commands are in the properties only: within a message the standard would double every brace of a daemon.json. */
function messageOf(finding: Finding, language: Language): string {
  return [
    finding.message,
    finding.need === null ? '' : labelled(words.need, finding.need, language),
    finding.remedy === null ? '' : labelled(words.fix, finding.remedy.summary, language),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function justification({ waiver }: Finding, language: Language): string {
  return waiver === null ? '' : `${waiver.reason} (${acceptedBy(waiver, language)})`;
}

function propertiesOf({ severity, status, evidence, need, remedy, location, waiver }: Finding): JsonObject {
  return {
    severity,
    status,
    evidence: evidence.map((each) => ({ ...each })),
    ...(need === null ? {} : { need }),
    ...(remedy === null ? {} : { remedy: { ...remedy } }),
    ...(location === null ? {} : { field: location.path }),
    ...(waiver === null ? {} : { waiver: { ...waiver } }),
  };
}

/**
 * A subject without a file is its own artifact: one result without an artifact makes GitHub refuse the
 * whole upload. It gets no region, for it has no lines.
 */
function locationOf(
  { location, subject: id }: Finding,
  subject: ReportSubject | undefined,
  file: string | undefined,
): JsonObject {
  const uri = file === undefined ? relativeUri(id) : fileUri(file);
  const line = location?.file === undefined ? undefined : location.line;
  const column = location?.column === undefined ? {} : { startColumn: location.column };
  return {
    physicalLocation: {
      artifactLocation: { uri },
      ...(line === undefined ? {} : { region: { startLine: line, ...column } }),
    },
    logicalLocations: [{ name: subject?.name ?? id, fullyQualifiedName: id, kind: 'resource' }],
  };
}

function notificationOf({ subject, what, reason, need }: Coverage, language: Language): JsonObject {
  const text = [labelled(words.unreadable, what, language), reason, need].filter((part) => part !== null).join('\n');
  return {
    level: 'warning',
    message: { text: messageText(text) },
    locations: [{ logicalLocations: [{ fullyQualifiedName: subject, kind: 'resource' }] }],
  };
}

/** Braces are placeholders in a message and are doubled (3.11.5); `](` would be a link (3.11.6). Never empty. */
function messageText(text: string): string {
  const escaped = text.replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (');
  return escaped.trim() === '' ? '–' : escaped;
}

function fileUri(file: string): string {
  return file.startsWith('/') ? `file://${encodePath(file)}` : relativeUri(file.replace(/^(?:\.\/+)+/, ''));
}

/** Without a leading slash, which would make it a path of the host, or of another host. */
function relativeUri(path: string): string {
  return encodePath(path.replace(/^\/+/, ''));
}

function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
