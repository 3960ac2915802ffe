import type { Severity } from './severity.ts';

/** What has become different between two reports. */
export interface Comparison {
  /** When the older one was made, RFC 3339. */
  readonly since: string;
  /** What fails now and did not. */
  readonly new: readonly ComparedFinding[];
  /** What failed, and passes, is accepted or is gone. */
  readonly fixed: readonly ComparedFinding[];
  /** What could be told, and no longer can. */
  readonly unreadable: readonly ComparedFinding[];
  /** How many failures are as they were. */
  readonly unchanged: number;
}

export interface ComparedFinding {
  readonly control: string;
  readonly title: string;
  readonly subject: string;
  readonly severity: Severity;
}
