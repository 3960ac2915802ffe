import type { Fact } from '../model/fact.ts';
import type { Text } from '../model/text.ts';

/** One thing that was asked for, and whether it could be read. */
export interface CoverageEntry {
  readonly subject: string;
  readonly what: string;
  readonly reason?: Text;
  readonly need?: Text;
}

export function entryOf(subject: string, fact: Fact<unknown>): CoverageEntry {
  return fact.known ? { subject, what: fact.path } : { subject, what: fact.path, reason: fact.reason, need: fact.need };
}
