import type { Comparison } from './comparison.ts';
import type { ContentsDifference } from './contents-difference.ts';
import type { Evidence } from './fact.ts';
import type { FixRecord } from './fix-report.ts';
import type { JsonValue } from './json.ts';
import type { Level, References, SubjectKind } from './control.ts';
import type { Location } from './location.ts';
import type { Reach } from './reach.ts';
import type { ReportComponents } from './report-components.ts';
import type { ReportContents } from './report-contents.ts';
import type { Disruption, Remedy } from './remedy.ts';
import type { Severity } from './severity.ts';
import type { Language } from './text.ts';
import type { FindingStatus } from './verdict.ts';
import type { VexJustification, WaiverStatus } from './vulnerability.ts';

/** The document that every report is a view of; published as JSON under this name, see `docs/report.schema.json`. */
export const reportSchema = 'plimsoll.report/1';

/** All texts in it are in one language and free of control characters. */
export interface Report {
  readonly schema: typeof reportSchema;
  readonly tool: { readonly name: string; readonly version: string };
  readonly language: Language;
  readonly baseline: string;
  /** RFC 3339, UTC. */
  readonly started: string;
  readonly finished: string;
  readonly subjects: readonly ReportSubject[];
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly waivers: readonly ReportWaiver[];
  /** Only in the report of a scan. */
  readonly vulnerabilityWaivers?: readonly ReportVulnerabilityWaiver[];
  readonly score: Score;
  /** Which containers can open connections to which; absent where files were judged, or no networks could be read. */
  readonly reach?: readonly Reach[];
  /** What runs the containers, with its known flaws; absent where no host was audited or there are no advisories. */
  readonly components?: ReportComponents;
  /** What is inside of what was scanned, in the order of the targets; only in the report of a scan. */
  readonly contents?: readonly ReportContents[];
  /** What is different from another target; only where a scan compared two. */
  readonly difference?: ContentsDifference;
  /** Only where an older report was named, or a fix was made: then with the machine before it; where two targets were scanned, with the first. */
  readonly comparison?: Comparison;
  /** Only in the report of a fix or an undo. */
  readonly fix?: FixRecord;
}

export interface ReportSubject {
  /** `container/web`, `engine/host-name`: unique within a report. */
  readonly id: string;
  readonly kind: SubjectKind | 'host';
  readonly name: string;
  /** Where it was read: an endpoint, a file. */
  readonly source: string;
  /** What helps to recognise it: state, image, owner, version. */
  readonly details: Readonly<Record<string, JsonValue>>;
}

/** What one control says of one subject. */
export interface Finding {
  readonly control: string;
  readonly title: string;
  readonly level: Level;
  readonly status: FindingStatus;
  readonly severity: Severity;
  readonly subject: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly location: Location | null;
  /** Only with `unknown`: what would make it known. */
  readonly need: string | null;
  readonly remedy: RenderedRemedy | null;
  readonly references: References;
  readonly waiver: FindingWaiver | null;
  /** Only of findings about vulnerabilities: whether one of them can be had repaired. `--only-fixed` passes over those of which none can. */
  readonly repairable?: boolean;
}

export interface RenderedRemedy {
  readonly kind: Remedy['kind'];
  readonly summary: string;
  readonly disruption: Disruption;
  /** Commands to run or lines to write, in the words of the subject's own dialect. */
  readonly commands: readonly string[];
}

export interface FindingWaiver {
  readonly reason: string;
  /** `null`: a comment beside the failure accepts it. */
  readonly owner: string | null;
  /** A date, `2027-01-31`; it holds to the end of that day in UTC. `null`: as long as the comment stands. */
  readonly until: string | null;
  /** The date has passed: the finding counts as a failure again. */
  readonly expired: boolean;
}

/** A waiver as it was written, and what became of it. */
export interface ReportWaiver {
  readonly control: string;
  readonly subject: string;
  readonly reason: string;
  readonly owner: string | null;
  readonly until: string | null;
  readonly state: 'used' | 'unused' | 'expired';
  /** How many failures it matched. */
  readonly findings: number;
}

/** A waiver of vulnerabilities as it was written, and what became of it. */
export interface ReportVulnerabilityWaiver {
  readonly vulnerability: string;
  /** `null`: in every package. */
  readonly package: string | null;
  /** `null`: in every image. */
  readonly image: string | null;
  readonly reason: string;
  /** `null`: it stands on the command line. */
  readonly owner: string | null;
  readonly until: string;
  readonly status: WaiverStatus;
  readonly justification: VexJustification | null;
  readonly state: ReportWaiver['state'];
  /** How many vulnerabilities of packages it matched. */
  readonly findings: number;
}

/** What was read, and what was not, and why. */
export interface Coverage {
  readonly subject: string;
  /** The fact that was asked for: `GET /info`, `/proc/412/status`. */
  readonly what: string;
  readonly status: 'read' | 'unreadable';
  readonly reason: string | null;
  readonly need: string | null;
}

export interface Score {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly waived: number;
  /** 0 to 100, weighted by severity over what passed and failed; `null` when nothing could be judged. */
  readonly value: number | null;
}
