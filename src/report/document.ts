import type { CoverageEntry } from '../judge/coverage.ts';
import type { JudgedFinding, JudgedSubject } from '../judge/judge.ts';
import type { Policy } from '../judge/policy.ts';
import { scoreOf } from '../judge/score.ts';
import { useOfWaivers } from '../judge/waiver-use.ts';
import { levelOf, type Machine } from '../model/control.ts';
import type { JsonValue } from '../model/json.ts';
import type { Location } from '../model/location.ts';
import { type Coverage, type Finding, type Report, type ReportSubject, reportSchema } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { renderRemedy } from '../remedy/render.ts';
import { visibleDeep } from './visible.ts';

export interface ReportInput {
  readonly version: string;
  readonly language: Language;
  readonly policy: Policy;
  readonly machine: Machine;
  readonly subjects: readonly JudgedSubject[];
  readonly findings: readonly JudgedFinding[];
  readonly coverage: readonly CoverageEntry[];
  readonly started: Date;
  readonly finished: Date;
}

/** Puts what was judged into words: the one document that every format is a view of. */
export function assembleReport(input: ReportInput): Report {
  const { language, policy, machine, subjects, findings } = input;
  return visibleDeep<Report>({
    schema: reportSchema,
    tool: { name: 'plimsoll', version: input.version },
    language,
    baseline: policy.baseline.name,
    started: input.started.toISOString(),
    finished: input.finished.toISOString(),
    subjects: [hostSubject(machine), ...subjects.map((subject) => subjectOf(subject, machine))],
    findings: findings.map((finding) => findingOf(finding, language)),
    coverage: input.coverage.map((entry) => coverageOf(entry, language)),
    waivers: useOfWaivers(input, input.started),
    score: scoreOf(findings),
  });
}

function hostSubject({ host }: Machine): ReportSubject {
  const distribution = host.distribution.known
    ? `${host.distribution.value.id} ${host.distribution.value.version}`
    : null;
  return {
    id: 'host',
    kind: 'host',
    name: 'host',
    source: '/proc',
    details: { distribution, kernel: host.kernelRelease.known ? host.kernelRelease.value : null },
  };
}

function subjectOf(subject: JudgedSubject, { engine }: Machine): ReportSubject {
  const { id, kind } = subject;
  const name = id.slice(id.indexOf('/') + 1);
  if (subject.kind === 'engine') {
    const version = engine.version.known ? engine.version.value : null;
    return {
      id,
      kind,
      name,
      source: engine.endpoint,
      details: { engine: engine.kind, version: version?.version ?? null, api: version?.apiVersion ?? null },
    };
  }
  const { state, image, owner } = subject.value;
  const details: Record<string, JsonValue> = { state, image: image.reference };
  if (owner.kind !== 'none') details.owner = [owner.kind, owner.project, owner.service].filter(Boolean).join('/');
  return { id, kind, name, source: engine.endpoint, details };
}

function findingOf(finding: JudgedFinding, language: Language): Finding {
  const { control, subject, verdict, waiver, remedy } = finding;
  return {
    control: control.id,
    title: control.title[language],
    level: levelOf(control),
    status: finding.status,
    severity: finding.severity,
    subject: subject.id,
    message: verdict.message[language],
    evidence: verdict.evidence,
    location: locationOf(finding),
    need: verdict.need?.[language] ?? null,
    remedy: remedy ? renderRemedy(remedy, remedySubject(subject), language) : null,
    references: control.references,
    waiver: waiver
      ? { reason: waiver.reason, owner: waiver.owner, until: waiver.until, expired: finding.waiverExpired ?? false }
      : null,
  };
}

function remedySubject(subject: JudgedSubject): Parameters<typeof renderRemedy>[1] {
  return subject.kind === 'container'
    ? { kind: 'container', container: subject.value }
    : { kind: 'engine', engine: subject.value };
}

/** Where the field at fault was written. */
function locationOf({ subject, verdict }: JudgedFinding): Location | null {
  if (verdict.field === undefined) return null;
  if (subject.kind === 'container') return subject.value.locate(verdict.field);
  const { configuration } = subject.value;
  const position = configuration.known ? configuration.value?.positions[verdict.field] : undefined;
  if (!configuration.known || !configuration.value || !position) return null;
  return { source: 'file', path: verdict.field, file: configuration.value.file, ...position };
}

function coverageOf(entry: CoverageEntry, language: Language): Coverage {
  return {
    subject: entry.subject,
    what: entry.what,
    status: entry.reason ? 'unreadable' : 'read',
    reason: entry.reason?.[language] ?? null,
    need: entry.need?.[language] ?? null,
  };
}
