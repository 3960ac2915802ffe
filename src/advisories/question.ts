import type { MatchDoubt } from '../model/vulnerability.ts';
import type { UncoveredReason } from './uncovered.ts';

/** One thing to look up about a package. */
export interface Question {
  /** With the release as OSV writes it: `Debian:12`, `Ubuntu:22.04:LTS`, `npm`. */
  readonly ecosystem: string;
  /** As `packageName` has it. */
  readonly name: string;
  /** What is held against the ranges. */
  readonly version: string;
  readonly compared: 'package' | 'source';
  /** `nodejs:18`: only what is about this module stream holds; without one, only what is about none. */
  readonly module?: string;
  readonly doubts: readonly MatchDoubt[];
  /**
   * The name is the package's own where advisories go by source packages and none is told: only if they have that name it is taken for its
   * source's. That they have not says nothing of the package.
   */
  readonly isSourceUnknown?: true;
  /** Asked instead, the first of which there is data, where there is none of `ecosystem`; what is found there has the doubt `rebuild`. */
  readonly alternatives?: readonly string[];
  /**
   * An ecosystem whose word counts for more: where it has an entry of the same advisory under the same name, that of `ecosystem` does not
   * hold, whether the version lies in it or not.
   */
  readonly overruledBy?: string;
}

/** Questions that are all asked, or why there are none. */
export type Questions =
  | { readonly kind: 'asked'; readonly questions: readonly Question[] }
  | { readonly kind: 'not-asked'; readonly reason: UncoveredReason };

export interface QuestionOptions {
  /** Packages that only hold headers of a kernel are asked about too. */
  readonly kernelHeaders: boolean;
  /** And those of the kernel itself: an image's does not run, a host's does. */
  readonly kernel?: boolean;
}
