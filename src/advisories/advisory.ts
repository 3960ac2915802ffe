import type { AffectedRange, VulnerabilityStatus } from '../model/vulnerability.ts';

/** A record of a database of vulnerabilities in the form of OSV, read and checked. https://ossf.github.io/osv-schema/ */
export interface Advisory {
  readonly id: string;
  /** Seconds since 1970, as the record says; some are of the future. */
  readonly modified: number;
  /** Since when it does not hold any more, seconds since 1970. */
  readonly withdrawn?: number;
  /** Other names of the same vulnerability. */
  readonly aliases: readonly string[];
  /** Vulnerabilities that this record is an advisory about. */
  readonly upstream: readonly string[];
  readonly summary: string;
  /** The best address to read on; '' where there is none. */
  readonly link: string;
  readonly ratings: readonly Rating[];
  readonly affected: readonly AffectedPackage[];
}

/** How bad somebody says that it is. */
export interface Rating {
  /** `ubuntu`, `redhat`, `ghsa`, `bitnami`; `record` for a vector that comes without a name. */
  readonly source: string;
  /** In its own words, lower case: `important`, `negligible`. */
  readonly word?: string;
  /** `CVSS:3.1/AV:N/…`; version 2 has no such beginning. */
  readonly vector?: string;
  /** Of which of the advisory's vulnerabilities; absent: of all of them. */
  readonly of?: string;
}

export interface AffectedPackage {
  /** With its release: `Debian:12`. */
  readonly ecosystem: string;
  /** As `packageName` writes it. */
  readonly name: string;
  /** In ascending order, without overlap. */
  readonly ranges: readonly AffectedRange[];
  /** Versions that are affected besides, as they are written. */
  readonly versions: readonly string[];
  /** What the vendor says where nothing is fixed. */
  readonly status?: VulnerabilityStatus;
  /** `nodejs:18`: only what belongs to this module stream, and nothing that belongs to none. */
  readonly module?: string;
  readonly ratings: readonly Rating[];
}
