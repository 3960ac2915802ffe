import { plausible, type Candidate, type Verdict } from '../rule.ts';
import { kindOfName } from '../secret-name.ts';
import { isPassword, isRandom } from '../secret-value.ts';

/** The value of something that is called a password. */
export function namedPassword(found: Candidate): Verdict | undefined {
  const { secret, place } = found;
  if (!isAssigned(found) || kindOfName(nameOf(found)) !== 'password') return undefined;
  return isPassword(secret, isQuoted(found), place.language) ? plausible : undefined;
}

/** The value of something that is called a key, a token or a secret. */
export function namedSecret(found: Candidate): Verdict | undefined {
  const { secret, place } = found;
  const name = nameOf(found);
  if (!isAssigned(found) || kindOfName(name) !== 'secret') return undefined;
  if (place.language === 'code' && !isQuoted(found)) return undefined;
  // Tokens that are only to tell one request from the other are made of the same digits.
  if (isUuid(secret) && !/secret|key|(?:api|access|auth|bearer)[\w.-]{0,3}token/i.test(name)) return undefined;
  return isRandom(secret) ? plausible : undefined;
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
}

/** Whether something is set here: not in prose, not in a comment, not within a path or an address, not by an option, which another rule is for. */
function isAssigned(found: Candidate): boolean {
  const { before, whole, place } = found;
  if (place.language === 'prose') return false;
  if (place.language === 'value' || place.language === 'command') return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const isComment = /^\s{0,40}(?:#|\/\/|\*|--|;|<!--|REM )/.test(line);
  if (isComment || /(?:^|[^\w-])--[a-z-]{0,40}$/.test(line)) return false;
  // `a:secret:b` is an identifier of something; YAML has a space behind the colon, JSON a quote.
  return !/^[\w-]{1,60}:[^\s"'\\:=>]/.test(whole);
}

/** `<password>…</password>`, in configuration only: elsewhere it is a page. */
export function taggedSecret(found: Candidate): Verdict | undefined {
  const { secret, whole, before, place } = found;
  if (place.language !== 'configuration') return undefined;
  const name = `${/[\w.:-]{0,60}$/.exec(before)?.[0] ?? ''}${whole.slice(0, whole.indexOf('>'))}`;
  const kind = kindOfName(name.slice(name.lastIndexOf(':') + 1));
  if (kind === 'password') return isPassword(secret, true, place.language) ? plausible : undefined;
  return kind === 'secret' && isRandom(secret) ? plausible : undefined;
}

/** The whole name: the pattern begins in the middle of it. */
function nameOf({ whole, before }: Candidate): string {
  return `${/[\w.-]{0,100}$/.exec(before)?.[0] ?? ''}${/^[\w-]{1,60}/.exec(whole)?.[0] ?? ''}`;
}

function isQuoted({ whole, secret }: Candidate): boolean {
  return /["'`]$/.test(whole.slice(0, whole.lastIndexOf(secret)));
}
