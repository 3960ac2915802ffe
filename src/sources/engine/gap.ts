import type { PlimsollError } from '../../model/error.ts';
import { type UnreadableFact, unreadable } from '../../model/fact.ts';

/** A refusal of the engine as a fact that could not be read. */
export function gapFrom(error: PlimsollError, path: string): UnreadableFact {
  return unreadable('engine-api', path, error.text, error.advice ?? seeWhy);
}

/** The advice where the engine gives no reason. */
export const seeWhy = { en: 'see why the engine refuses', zh: '检查引擎拒绝的原因' };
