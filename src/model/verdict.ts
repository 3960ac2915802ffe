import type { Evidence, UnreadableFact } from './fact.ts';
import type { JsonValue } from './json.ts';
import type { Location } from './location.ts';
import type { Span } from './source-text.ts';
import type { Text } from './text.ts';

/** What a control itself can say. `waived` is added by the judge when an owner has accepted a failure. */
export const verdictStatuses = ['pass', 'fail', 'unknown', 'not-applicable'] as const;
export type VerdictStatus = (typeof verdictStatuses)[number];
export const findingStatuses = [...verdictStatuses, 'waived'] as const;
export type FindingStatus = (typeof findingStatuses)[number];

export const statusNames: Readonly<Record<FindingStatus, Text>> = {
  pass: { en: 'passed', zh: '通过' },
  fail: { en: 'failed', zh: '未通过' },
  unknown: { en: 'unknown', zh: '未知' },
  'not-applicable': { en: 'not applicable', zh: '不适用' },
  waived: { en: 'waived', zh: '已豁免' },
};

export interface Verdict {
  readonly status: VerdictStatus;
  readonly message: Text;
  readonly evidence: readonly Evidence[];
  /** The model's field at fault, for `locate`: `capabilities.add[0]`. */
  readonly field?: string;
  /** The place at fault in a text; outranks `field`. */
  readonly location?: Location;
  /** The stretch at fault in a Dockerfile, for its remedy. */
  readonly span?: Span;
  /** Only with `unknown`: what would make it known. */
  readonly need?: Text;
  /** Only about vulnerabilities: whether one of them can be had repaired. */
  readonly repairable?: boolean;
  /** Only about vulnerabilities: what fails. Two verdicts may both fail, and for others. */
  readonly failing?: readonly FailingVulnerability[];
}

export interface FailingVulnerability {
  /** The same in every version of its package. */
  readonly name: string;
  readonly repairable: boolean;
}

type EvidenceInput = Evidence | readonly Evidence[];

/** The rule holds; `message` says what was seen. */
export function pass(message: Text, evidence: EvidenceInput = []): Verdict {
  return { status: 'pass', message, evidence: listOf(evidence) };
}

/** The rule is broken; `message` says what is wrong with this very subject. */
export function fail(message: Text, evidence: EvidenceInput, field?: string): Verdict {
  return { status: 'fail', message, evidence: listOf(evidence), ...(field === undefined ? {} : { field }) };
}

/** The rule is broken at this place of a text. */
export function failAt(message: Text, location: Location, value: JsonValue, span?: Span): Verdict {
  const evidence: Evidence = { source: location.source, path: location.path, value };
  return { status: 'fail', message, location, evidence: [evidence], ...(span ? { span } : {}) };
}

/** It could not be found out; `need` says which permission or file would do. */
export function unknown(message: Text, need: Text, evidence: EvidenceInput = []): Verdict {
  return { status: 'unknown', message, need, evidence: listOf(evidence) };
}

/** The verdict on a fact that could not be read. */
export function unknownFrom(fact: UnreadableFact): Verdict {
  return unknown(fact.reason, fact.need, { source: fact.source, path: fact.path, value: null });
}

/** The question does not arise here; `message` says why. */
export function notApplicable(message: Text, evidence: EvidenceInput = []): Verdict {
  return { status: 'not-applicable', message, evidence: listOf(evidence) };
}

function listOf(evidence: EvidenceInput): readonly Evidence[] {
  return Array.isArray(evidence) ? (evidence as readonly Evidence[]) : [evidence as Evidence];
}
