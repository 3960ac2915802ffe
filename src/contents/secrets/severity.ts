import type { Severity } from '../../model/severity.ts';
import type { Place } from './place.ts';
import type { Certainty, Verdict } from './rule.ts';

/**
 * How bad a match is where it stands; undefined where it is none. Third-party software is published as it is: what stands in it is nobody's
 * secret, but for tokens that a provider would still accept. What is made to be tried or shown mostly holds made-up values.
 */
export function severityAt(
  usual: Severity,
  certainty: Certainty,
  { verified, severity }: Verdict,
  place: Place,
): Severity | undefined {
  const { isVendored, purpose } = place;
  const own = severity ?? usual;
  const isPlain = !isVendored && purpose === undefined;
  if (isPlain || (verified && certainty === 'token')) return own;
  if (certainty === 'named' || certainty === 'guessed' || purpose === 'documentation') return undefined;
  // Software of others with tests in it: what stands there was published long ago.
  if (isVendored && purpose === 'test') return undefined;
  return certainty === 'token' && isVendored ? own : 'low';
}
