import type { Chance } from './failure.ts';
import { readRetryAfter } from './patience.ts';
import type { HttpAnswer } from './transport.ts';

/** Statuses that a moment later may be others. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What may be tried after an answer that is no success. `now` is in milliseconds since 1970. */
export function chanceOf({ status, headers }: Pick<HttpAnswer, 'status' | 'headers'>, now: number): Chance {
  if (!passing.has(status)) return {};
  const after = readRetryAfter(headers['retry-after'], now);
  return { again: true, ...(after === undefined ? {} : { after }) };
}

/** Whether a browser would show it: what a proxy or a page to log in says in the place of a server. */
export function isPage(contentType: string | undefined): boolean {
  return /^\s*(?:text\/html|application\/xhtml)/i.test(contentType ?? '');
}
