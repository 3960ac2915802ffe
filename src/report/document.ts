import type { CoverageEntry } from '../judge/coverage.ts';
import { locationOf } from '../judge/location.ts';
import type { JudgedFinding } from '../judge/judge.ts';
import type { Policy } from '../judge/policy.ts';
import { scoreOf } from '../judge/score.ts';
import { useOfVulnerabilityWaivers } from '../judge/vulnerability-waiver-use.ts';
import { useOfWaivers } from '../judge/waiver-use.ts';
import { levelOf, type Machine, type Subject } from '../model/control.ts';
import type { HostFacts } from '../model/host.ts';
import { reachOf } from '../model/reach.ts';
import type { Remedy } from '../model/remedy.ts';
import {
  type Coverage,
  type Finding,
  type RenderedRemedy,
  type Report,
  type ReportSubject,
  reportSchema,
} from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { FindingStatus } from '../model/verdict.ts';
import { renderRemedy } from '../remedy/render.ts';
import type { Demand } from './formats.ts';
import { reportComponentsOf } from './report-components.ts';
import { reportContentsOf, type ScannedSubject } from './report-contents.ts';
import { visibleDeep } from './visible.ts';

export interface ReportInput {
  readonly version: string;
  readonly language: Language;
  readonly policy: Policy;
  /** Absent where files were judged, and no machine. */
  readonly machine?: Machine;
  readonly subjects: readonly Subject[];
  /** What was found inside of images. */
  readonly scanned?: readonly ScannedSubject[];
  readonly findings: readonly JudgedFinding[];
  readonly coverage: readonly CoverageEntry[];
  readonly started: Date;
  readonly finished: Date;
  /** What the format will show; absent: everything. */
  readonly demand?: Demand;
}

/** Puts what was judged into words: the one document that every format is a view of. */
export function assembleReport(input: ReportInput): Report {
  const { language, policy, machine, subjects, findings, demand = { passes: true, commands: true } } = input;
  const shown = demand.passes ? findings : findings.filter(({ status }) => !isQuiet(status));
  return visibleDeep<Report>({
    schema: reportSchema,
    tool: { name: 'plimsoll', version: input.version },
    language,
    baseline: policy.baseline.name,
    started: input.started.toISOString(),
    finished: input.finished.toISOString(),
    subjects: subjects.map((subject) => subjectOf(subject, machine)),
    findings: shown.map((finding) => findingOf(finding, language, demand)),
    coverage: input.coverage.map((entry) => coverageOf(entry, language)),
    waivers: useOfWaivers(input, input.started),
    ...waivedIn(input),
    score: scoreOf(findings),
    ...reachIn(machine),
    ...componentsIn(input),
    ...(input.scanned
      ? { contents: input.scanned.map((each) => reportContentsOf(each, input.started, input.language)) }
      : {}),
  });
}

function waivedIn({ scanned, policy, started }: ReportInput): Pick<Report, 'vulnerabilityWaivers'> {
  if (!scanned) return {};
  return { vulnerabilityWaivers: useOfVulnerabilityWaivers(policy.vulnerabilityWaivers, scanned, started) };
}

function reachIn(machine: Machine | undefined): Pick<Report, 'reach'> {
  const reach = machine ? reachOf(machine) : undefined;
  return reach?.known ? { reach: reach.value } : {};
}

function componentsIn({ machine, started, language }: ReportInput): Pick<Report, 'components'> {
  const components = machine?.host.components;
  return components?.known ? { components: reportComponentsOf(components.value, started, language) } : {};
}

function hostDetails({ distribution, kernelRelease }: HostFacts): ReportSubject['details'] {
  const { id, version } = distribution.known ? distribution.value : { id: null, version: '' };
  return {
    distribution: id === null ? null : `${id} ${version}`,
    kernel: kernelRelease.known ? kernelRelease.value : null,
  };
}

function subjectOf(subject: Subject, machine: Machine | undefined): ReportSubject {
  const { id, kind } = subject;
  const name = id.slice(id.indexOf('/') + 1);
  const source = kind === 'host' ? '/proc' : (subject.file ?? machine?.engine.endpoint ?? '');
  return { id, kind, name, source, details: detailsOf(subject) };
}

/** What helps to recognise it. */
function detailsOf(subject: Subject): ReportSubject['details'] {
  switch (subject.kind) {
    case 'engine': {
      const { kind, version } = subject.value;
      const known = version.known ? version.value : null;
      return { engine: kind, version: known?.version ?? null, api: known?.apiVersion ?? null };
    }
    case 'container': {
      const { state, image, owner } = subject.value;
      const owned = [owner.kind, owner.project, owner.service].filter(Boolean).join('/');
      return { state, image: image.reference, ...(owner.kind === 'none' ? {} : { owner: owned }) };
    }
    case 'kubernetes-object':
      return { kind: subject.value.kind, namespace: subject.value.namespace ?? null };
    case 'compose-project':
      return { files: subject.value.files };
    case 'dockerfile':
      return { base: subject.value.target?.from.image.text ?? null };
    case 'network':
      return { driver: subject.value.driver, members: subject.value.members.map(({ name }) => name) };
    case 'image':
      return { id: subject.value.id, usedBy: subject.value.usedBy };
    default:
      return hostDetails(subject.value);
  }
}

function isQuiet(status: FindingStatus): boolean {
  return status === 'pass' || status === 'not-applicable';
}

function findingOf(finding: JudgedFinding, language: Language, demand: Demand): Finding {
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
    remedy: remedy ? remedyOf(remedy, subject, language, demand) : null,
    references: control.references,
    waiver: waiver
      ? {
          reason: waiver.reason,
          owner: waiver.owner ?? null,
          until: waiver.until ?? null,
          expired: finding.waiverExpired ?? false,
        }
      : null,
    ...(verdict.repairable === undefined ? {} : { repairable: verdict.repairable }),
  };
}

function remedyOf(remedy: Remedy, subject: Subject, language: Language, { commands }: Demand): RenderedRemedy {
  if (commands) return renderRemedy(remedy, subject, language);
  return { kind: remedy.kind, summary: remedy.summary[language], disruption: remedy.disruption, commands: [] };
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
