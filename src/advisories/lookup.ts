import type { VulnerabilityStatus } from '../model/vulnerability.ts';
import type { Advisory, Rating } from './advisory.ts';
import type { AdvisoryEntry } from './entry.ts';

/** What is asked of a store of advisories to match packages. */
export interface AdvisoryLookup {
  /** Whether there is data of an ecosystem with this release. Without any, nothing can be said of its packages. */
  readonly hasEcosystem: (ecosystem: string) => boolean;
  /** Everything that advisories say of a package, named as `packageName` has it. */
  readonly entriesOf: (ecosystem: string, name: string) => readonly AdvisoryEntry[];
  /** An advisory by its number. */
  readonly advisory: (number: number) => KnownAdvisory;
  /** The name under which a vulnerability is told that an advisory calls so. */
  readonly canonical: (name: string) => string;
  /** What is known of a CVE besides. */
  readonly cve: (name: string) => CveFacts | undefined;
  /** What there is to read of each, in the order in which they are asked. */
  readonly texts: (asked: readonly ToldVulnerability[]) => readonly AdvisoryText[];
  /** What the vendor says of a package and a CVE beside its advisories. */
  readonly vendorStatus: (ecosystem: string, name: string, cve: string) => VulnerabilityStatus | undefined;
}

export interface KnownAdvisory extends Pick<Advisory, 'id' | 'aliases' | 'upstream' | 'ratings'> {
  /** The name under which it is told: see `groupAliases`. */
  readonly canonical: string;
}

/** A vulnerability by the number of the advisory that tells of it, and by its own name. */
export interface ToldVulnerability {
  readonly advisory: number;
  readonly id: string;
}

export interface AdvisoryText extends Pick<Advisory, 'link'> {
  /** In a sentence or more, of whoever says anything; '' where nobody does. */
  readonly summary: string;
}

/** What is known of one CVE besides advisories. */
export interface CveFacts {
  readonly ratings: readonly Rating[];
  /** By CISA's catalogue, as a date. */
  readonly exploitedSince?: string;
  /** EPSS, 0 to 1. */
  readonly exploitProbability?: number;
}
