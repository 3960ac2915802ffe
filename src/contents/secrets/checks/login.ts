import { plausible, type Candidate, type Verdict } from '../rule.ts';
import { isPlaceholder, isSetting } from '../placeholder.ts';
import { isPath, isRandom } from '../secret-value.ts';

/** Whatever stands where only a password can stand, unless it stands for another. */
export function anyPassword({ secret }: Candidate): Verdict | undefined {
  return isPlaceholder(secret) || isSetting(secret) || isPath(secret) ? undefined : plausible;
}

/** A token, or a name and a password in base64. */
export function registryToken({ secret, whole, place }: Candidate): Verdict | undefined {
  // Without a registry before it, such a name is one only in the file that is made for it.
  const isMeant = !whole.startsWith('_') || place.language === 'command' || /(?:^|[/.])npmrc$/.test(place.path);
  return isMeant && anyPasswordIn(secret) ? plausible : undefined;
}

function anyPasswordIn(secret: string): boolean {
  return !isPlaceholder(secret) && !isSetting(secret) && !/^[A-Z_]+$/.test(secret);
}

/** `"auth": "…"` of a registry: a name, a colon and a password in base64. Other tokens stand as they are. */
export function loginInBase64({ secret, whole }: Candidate): Verdict | undefined {
  if (!/"auth\\?"/.test(whole)) return isRandom(secret) ? plausible : undefined;
  const login = Buffer.from(secret, 'base64').toString('latin1');
  const password = /^[\x20-\x7e]{1,100}?:([\x20-\x7e]{2,3000})\0*$/.exec(login)?.[1];
  return password !== undefined && !isPlaceholder(password) && !isSetting(password) ? plausible : undefined;
}

/** Only where accounts are kept: hashes also stand in tests and in programs that make them. */
export function hashOfPassword({ place, before }: Candidate): Verdict | undefined {
  if (place.language === 'prose' || place.language === 'code') return undefined;
  return /[:=\s"']$/.test(before) || before === '' ? plausible : undefined;
}
