import type { JsonValue } from '../model/json.ts';

/** One part of what is known of vulnerabilities, as it lies in a file. */
export type FeedPart = AdvisoryPart | LinesPart | ExploitedPart;

interface Part {
  /** Where it was read, for people: a path, and `!/` with what is inside of an archive. */
  readonly origin: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string;
}

/** Records in OSV's form: the export of an ecosystem as osv.dev has it, one file a record. */
export interface AdvisoryPart extends Part {
  readonly kind: 'advisories';
  /** What its file or folder is called: `Debian`, `crates.io`. */
  readonly name: string;
  /** Bytes of all records together, as the archive claims. */
  readonly bytes: number;
  /** One after the other, in the order of the archive; each is read when it is asked for. */
  readonly records: () => Iterable<FeedRecord>;
}

export interface FeedRecord {
  /** Of its file. */
  readonly name: string;
  /** Its content; a reason in words instead where it cannot be had or is no JSON. */
  readonly value: JsonValue | undefined;
  readonly problem?: string;
}

/** Lines of JSON: `cve` facts of single CVEs, `status` what a vendor says of packages, `epss` how likely CVEs are exploited. */
export interface LinesPart extends Part {
  readonly kind: 'cve' | 'status' | 'epss';
  /** A line that is no JSON, or too long, is left out and counted. */
  readonly lines: () => AsyncIterable<JsonValue>;
  /** Lines that were left out, once all were read. */
  readonly skipped: () => number;
}

/** CISA's catalogue of vulnerabilities that are exploited. */
export interface ExploitedPart extends Part {
  readonly kind: 'exploited';
  readonly value: JsonValue;
}
