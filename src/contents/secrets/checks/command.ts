import { plausible, type Candidate, type Verdict } from '../rule.ts';
import { kindOfName } from '../secret-name.ts';
import { isPassword, isRandom } from '../secret-value.ts';
import { isStandIn } from './address.ts';

/** `--password …`, `--token=…`. Only where commands stand. */
export function optionValue(found: Candidate): Verdict | undefined {
  const { secret, whole, before, place } = found;
  if (place.language === 'prose' || place.language === 'code' || secret.startsWith('-')) return undefined;
  const kind = kindOfName(`${/[a-z-]{0,26}$/.exec(before)?.[0] ?? ''}${/^[a-z-]{1,30}/.exec(whole)?.[0] ?? ''}`);
  if (kind === 'secret') return isRandom(secret) ? plausible : undefined;
  // Who writes configuration writes examples of commands into it, with such passwords.
  if (kind !== 'password' || (place.language === 'configuration' && /pass|psw/i.test(secret))) return undefined;
  return isGivenPassword(found) ? plausible : undefined;
}

/** What a command is given where only a password can stand. */
export function commandPassword(found: Candidate): Verdict | undefined {
  const { language } = found.place;
  return language !== 'prose' && language !== 'code' && isGivenPassword(found) ? plausible : undefined;
}

/** `IDENTIFIED BY '…'`, `WITH PASSWORD '…'`. */
export function databasePassword(found: Candidate): Verdict | undefined {
  const { secret, place } = found;
  return place.language !== 'prose' && !/\s/.test(secret) && isGivenPassword(found) ? plausible : undefined;
}

function isGivenPassword({ secret, place }: Candidate): boolean {
  if (isStandIn(secret, place)) return false;
  return place.language === 'command' || place.language === 'value' || isPassword(secret, true, 'configuration');
}
