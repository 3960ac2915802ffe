import type { Severity } from '../../model/severity.ts';
import type { Text } from '../../model/text.ts';
import type { Place } from './place.ts';

/** One kind of secret: how it looks, and what tells it from what only looks alike. */
export interface SecretRule {
  /** Stands in reports and in waivers: never changed. */
  readonly id: string;
  readonly title: Text;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** ASCII in lower case. Every match begins with one of them, in whatever case: only there the pattern is tried. */
  readonly keywords: readonly string[];
  /**
   * The source of a regular expression over bytes (a character for each). The secret is what its groups span, one in a
   * lookbehind among them, and all of it where there is no group. Every repetition has a bound, so that it is known how far it looks.
   */
  readonly pattern: string;
  /** Beginnings that all secrets of this kind have, and that may be shown. */
  readonly shown?: readonly string[];
  /** The least entropy of the secret, bits per character. */
  readonly entropy?: number;
  /** The only files in which it is looked for; paths without a leading slash. */
  readonly paths?: RegExp;
  /** Has the last word on a match: whether it is one at all, whether a checksum in it holds, how bad it is. */
  readonly check?: (found: Candidate) => Verdict | undefined;
}

/**
 * What a match rests on: `token` on a form that nothing else has, `key` on the armour of a private key, `named` on a form together with its
 * provider's name, `guessed` on a name such as `password` alone.
 */
export type Certainty = 'token' | 'key' | 'named' | 'guessed';

/** What a pattern found. */
export interface Candidate {
  readonly secret: string;
  /** All that the pattern took. */
  readonly whole: string;
  /** What stands before, at most `contextLength` characters. */
  readonly before: string;
  readonly place: Place;
}

export interface Verdict {
  readonly verified: boolean;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
}

/** How much of what stands before a match a rule may look at, characters. */
export const contextLength = 128;

/** A verdict for what fits, and cannot be proved. */
export const plausible: Verdict = { verified: false };
export const proved: Verdict = { verified: true };
