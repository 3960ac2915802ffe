import { type Severity, severities } from './severity.ts';
import type { VulnerabilityStatus } from './vulnerability.ts';

/** What makes one finding another: a change of anything else is none. */
export interface FindingState {
  readonly status: VulnerabilityStatus;
  readonly fixedIn?: string;
  readonly severity: Severity | 'unknown';
  /** As a date. */
  readonly exploitedSince?: string;
  /** The system's package that holds the package speaks for it, so that it does not count. */
  readonly covered?: true;
}

/** Nothing is known of the package: why, as in `UncoveredReason`. */
export interface UnknownState {
  readonly unknown: string;
}

/**
 * `gained`: it counts now; `lost`: it does not any more; `changed`: it is told otherwise; `unknown`: nothing is known of the package any more,
 * which is no good news.
 */
export const findingChanges = ['gained', 'unknown', 'changed', 'lost'] as const;
export type FindingChangeKind = (typeof findingChanges)[number];

/** What became of one vulnerability of one package. */
export interface FindingChange {
  readonly change: FindingChangeKind;
  readonly vulnerability: string;
  /** Its purl. */
  readonly package: string;
  /** Files that tell of it; the first ones of many. */
  readonly paths: readonly string[];
  /** `null` where the package was known, and did not have it. */
  readonly before: FindingState | UnknownState | null;
  readonly after: FindingState | UnknownState | null;
}

/** What became of a remembered image. */
export interface ChangedImage {
  /** `sha256:…` of its configuration. */
  readonly id: string;
  /** The names that it was scanned under. */
  readonly names: readonly string[];
  /** `registry.example/shop/web@sha256:…`. */
  readonly digests: readonly string[];
  readonly platform: string | null;
  /** Whether all of it could be read when it was scanned. */
  readonly complete: boolean;
  /** What names the advisories that were known before, and now; `null`: none. */
  readonly data: { readonly before: string | null; readonly after: string | null };
  /** Names of the containers that ran it when the change was found; `null` where the engine could not be asked. */
  readonly containers: readonly string[] | null;
  readonly changes: readonly FindingChange[];
}

/** Everything that one comparison found. */
export interface ChangeSet {
  /** SHA-256, hexadecimal. */
  readonly id: string;
  /** ISO 8601. */
  readonly found: string;
  readonly images: readonly ChangedImage[];
}

/** A part of a change set, small enough to be sent. */
export interface ChangeMessage {
  /** The change set's. */
  readonly set: string;
  /** From 1. */
  readonly part: number;
  readonly found: string;
  readonly images: readonly ChangedImage[];
}

export function isUnknown(state: FindingChange['before']): state is UnknownState {
  return state !== null && 'unknown' in state;
}

/** Negative where `left` is to be read first: what is exploited, then by severity, then what is new; what is gone comes last. */
export function compareChanges(left: FindingChange, right: FindingChange): number {
  return (
    compareBadness(left, right) ||
    findingChanges.indexOf(left.change) - findingChanges.indexOf(right.change) ||
    compareTexts(left.vulnerability, right.vulnerability) ||
    compareTexts(left.package, right.package)
  );
}

/** Negative where `left` is worse. */
export function compareBadness(left: FindingChange, right: FindingChange): number {
  return badness(left) - badness(right);
}

/** Lower is worse. */
function badness(change: FindingChange): number {
  const { severity, exploitedSince } = toldState(change);
  const rank = severity === 'unknown' ? severities.length : severities.indexOf(severity);
  const isGone = change.change === 'lost' ? 2 * severities.length + 4 : 0;
  return isGone + rank + (exploitedSince === undefined ? severities.length + 1 : 0);
}

/** How it is now; how it was, where it is no more. */
export function toldState({ change, before, after }: FindingChange): FindingState {
  const told = change === 'gained' || change === 'changed' ? after : before;
  if (told === null || isUnknown(told)) throw new TypeError(`a change of the kind ${change} is without its finding`);
  return told;
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
