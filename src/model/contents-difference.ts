import type { ReportTarget } from './report-contents.ts';

/** What is different in one image from what is in another: `Report.difference`. */
export interface ContentsDifference {
  /** What it is compared with. */
  readonly before: ReportTarget;
  readonly packages: PackageDifference;
  /** `null` where one of the two is a bill of materials, which lists no files. */
  readonly files: FileDifference | null;
  /** Bytes of all files that are there in the end. */
  readonly bytes: { readonly before: number; readonly after: number };
  readonly fileCount: { readonly before: number; readonly after: number };
}

export interface PackageDifference {
  /** Purls. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The same package in another version. */
  readonly changed: readonly ChangedPackage[];
}

export interface ChangedPackage {
  readonly type: string;
  /** With its namespace, as its ecosystem writes it. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Paths with a leading slash, sorted; folders are not among them. */
export interface FileDifference {
  readonly added: readonly DifferentFile[];
  readonly removed: readonly DifferentFile[];
  /** Another kind, size, mode or target. Files of the same size are not read to be compared. */
  readonly changed: readonly DifferentFile[];
}

export interface DifferentFile {
  readonly path: string;
  /** Bytes, of what was added, removed, or is there now. */
  readonly size: number;
}
