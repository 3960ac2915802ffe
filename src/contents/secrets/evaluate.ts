import type { Severity } from '../../model/severity.ts';
import { entropyOf } from './entropy.ts';
import { maskOf } from './mask.ts';
import { isPublished } from './published.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Place } from './place.ts';
import { type Candidate, contextLength, plausible, type SecretRule } from './rule.ts';
import { severityAt } from './severity.ts';

/** A secret that a rule found at a place of a text. Its value is not kept. */
export interface Found {
  readonly rule: SecretRule;
  /** Of the secret, in the text. */
  readonly start: number;
  readonly end: number;
  readonly masked: string;
  readonly verified: boolean;
  readonly severity: Severity;
}

const compiled = new Map<SecretRule, RegExp>();

/** A rule's pattern as it is tried: at one place only. */
function patternOf(rule: SecretRule): RegExp {
  let pattern = compiled.get(rule);
  if (!pattern) {
    pattern = new RegExp(rule.pattern, 'dy');
    compiled.set(rule, pattern);
  }
  return pattern;
}

/** Whether a rule has anything to say of files at this place. */
export function appliesAt(rule: SecretRule, place: Place): boolean {
  return rule.paths === undefined || rule.paths.test(place.path);
}

/**
 * What one rule finds of a text at one place. The answer depends on what the pattern sees and on `contextLength` characters before it, and on
 * nothing else: so it is the same in any part of the text that holds as much.
 */
export function evaluate(rule: SecretRule, text: string, at: number, place: Place): Found | undefined {
  const pattern = patternOf(rule);
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match?.indices) return undefined;
  const [start, end] = spanOf(match.indices);
  const secret = text.slice(start, end);
  if (!isLikely(rule, secret)) return undefined;
  const candidate: Candidate = {
    secret,
    whole: match[0],
    before: text.slice(Math.max(0, at - contextLength), at),
    place,
  };
  const verdict = rule.check ? rule.check(candidate) : plausible;
  if (!verdict || (rule.certainty !== 'key' && isPublished(secret))) return undefined;
  const severity = severityAt(rule.severity, rule.certainty, verdict, place);
  if (severity === undefined) return undefined;
  return { rule, start, end, masked: maskOf(secret, rule.shown), verified: verdict.verified, severity };
}

/** From where the first of a match's groups begins to where the last one ends; all of it where there is none. A group may stand before the match. */
function spanOf([whole, ...groups]: RegExpIndicesArray): readonly [number, number] {
  const matched = groups.filter((group) => group !== undefined);
  if (matched.length === 0) return whole ?? [0, 0];
  return [Math.min(...matched.map(([start]) => start)), Math.max(...matched.map(([, end]) => end))];
}

function isLikely({ certainty, entropy }: SecretRule, secret: string): boolean {
  if (certainty === 'guessed' || certainty === 'key') return entropy === undefined || entropyOf(secret) >= entropy;
  // A rule with a check of its own for any password says so by leaving out the entropy, and is named.
  const least = entropy ?? leastEntropy(secret);
  return entropyOf(secret) >= least && !isPlaceholder(secret);
}

/** What random values of this length and these characters stay above, nearly all of them. Bits per character. */
function leastEntropy(secret: string): number {
  if (secret.length < 16) return 1.5;
  if (/^[\da-fA-F-]+$/.test(secret)) return 2.8;
  if (secret.length < 24) return 2.8;
  return secret.length < 40 ? 3.2 : 3.5;
}
