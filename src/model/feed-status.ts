/** What is known of vulnerabilities on this machine, feed by feed. */
export interface FeedStatus {
  /** `Debian`, `npm`; of what is no ecosystem its kind: `cve`, `epss`, `exploited`, `status`. */
  readonly name: string;
  readonly kind: 'advisories' | 'cve' | 'status' | 'epss' | 'exploited';
  /** Where it was read. */
  readonly origin: string;
  /** SHA-256 of what was read, hexadecimal. */
  readonly digest: string;
  /** When it was read, seconds since 1970. */
  readonly read: number;
  /** When the newest of its records was changed, or of what day they are, seconds since 1970; `null` for feeds whose records do not say. */
  readonly newest: number | null;
  readonly records: number;
  /** Records that do not hold any more. */
  readonly withdrawn: number;
  /** What was not understood, by reason. */
  readonly aside: readonly FeedAside[];
}

export interface FeedAside {
  readonly reason: string;
  readonly count: number;
  /** The record, or the line. */
  readonly example: string;
}

/** The bundle that all of it came in. */
export interface BundleOrigin {
  readonly file: string;
  /** Seconds since 1970. */
  readonly made: number;
  /** The fingerprint of the key by which its signature was verified; `null` where none was. */
  readonly verifiedBy: string | null;
}

/** Which data there is, and where all of it came from at once. */
export interface DataSource {
  /** What names the data; `null` where nothing was read yet. */
  readonly data: string | null;
  readonly bundle: BundleOrigin | null;
}

/** A bundle that was made. */
export interface ExportedBundle {
  readonly file: string;
  readonly bytes: number;
  /** Seconds since 1970. */
  readonly made: number;
  readonly data: string;
  /** How many there are in it. */
  readonly feeds: number;
  /** The fingerprint of the key; `null` where it is not signed. */
  readonly signedBy: string | null;
}

/** What an import did with one feed. */
export interface ImportedFeed extends Pick<FeedStatus, 'name' | 'kind' | 'records' | 'aside'> {
  readonly added: number;
  readonly changed: number;
  /** Advisories that the feed does not have any more. */
  readonly removed: number;
}
