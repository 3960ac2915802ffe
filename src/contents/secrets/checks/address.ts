import { isPlaceholder, isReference } from '../placeholder.ts';
import type { Place } from '../place.ts';
import { plausible, type Candidate, type Verdict } from '../rule.ts';
import { isGiven, isPassword, isRandom } from '../secret-value.ts';

/** Machines that examples speak of. */
const exampleHost =
  /(?:^|[@.])(?:example|domain|host(?:name)?|server|test|invalid|foo|bar|my-?(?:host|server|domain)|your[\w-]*|acme|proxy)(?:\.|$)|^(?:example|foo|bar)/i;
const exampleName =
  /^(?:user(?:name)?|usr|name|login|foo|bar|bob|alice|joe|john|jane|me|u|a|x|your[\w-]*|my[\w-]*|example|someone|id)$/i;
const examplePassword =
  /^(?:pass(?:word|wd|phrase)?\d{0,3}|pwd?|p|p?w|secret|token|foo|bar|baz|qux|xxx+|pa55w(?:or|0r)d|p4ssw0rd|passw0rd|hunter2?|sesame|opensesame|some-?pass(?:word)?|my-?pass(?:word)?|your[\w-]*|user|name|x-oauth-basic|@?[%{<[$].*|.*[}\])>%]|\d{1,5}|port|\*+|\.+|-+|_+|test(?:ing|er)?|letmein|key|apikey|api_key|access[-_]?token|auth[-_]?token|credentials?|bob|joe|b|c|d|y|z|nopass\w*)$/i;

/** Whether it is not what somebody uses, but a word in its place. What an image is started with is used, be it ever so weak. */
export function isStandIn(secret: string, { language }: Place): boolean {
  if (language === 'value' || language === 'command') return !isGiven(secret);
  return !isGiven(secret) || isPlaceholder(secret) || examplePassword.test(secret);
}

/** A password between the name and the host of an address. Databases with the same word for both are as they come. */
export function urlPassword({ secret, whole, before, place }: Candidate): Verdict | undefined {
  const name = /^:\/\/([^:]*):/.exec(whole)?.[1] ?? '';
  const host = whole.slice(whole.lastIndexOf('@') + 1);
  if (place.language === 'prose' || isStandIn(secret, place) || secret === 'x-oauth-basic') return undefined;
  if (!/[a-z][a-z\d+.-]{1,20}$/i.test(before) || /[()[\]{}*|^$\\]/.test(secret.slice(0, 40))) return undefined;
  if (isReference(name) || /^[%$#]/.test(host)) return undefined;
  const isStarted = place.language === 'value' || place.language === 'command';
  if (!isStarted && (isPlaceholder(name) || exampleHost.test(host) || exampleName.test(name))) return undefined;
  const isDefault = secret === name || /^(?:localhost|127\.0\.0\.1|\[?::1\]?)$/.test(host);
  return isDefault ? { verified: false, severity: 'low' } : plausible;
}

/** `;Password=…` and `&password=…`. */
export function parameterPassword({ secret, place }: Candidate): Verdict | undefined {
  if (place.language === 'prose' || isStandIn(secret, place)) return undefined;
  const isSeen = place.language === 'value' || place.language === 'command';
  return isSeen || isPassword(secret, true, place.language === 'code' ? 'code' : 'configuration')
    ? plausible
    : undefined;
}

/** `Authorization: Basic …` with a name and a password, or with a token that a machine made. */
export function headerLogin({ secret, place }: Candidate): Verdict | undefined {
  if (place.language === 'prose') return undefined;
  const [scheme = '', value = ''] = secret.split(/ +/);
  if (isPlaceholder(value)) return undefined;
  if (scheme.toLowerCase() !== 'basic') return isRandom(value) ? plausible : undefined;
  const [, name = '', password] =
    /^([\x20-\x7e]{0,100}?):([\x20-\x7e]{3,200})$/.exec(Buffer.from(value, 'base64').toString('latin1')) ?? [];
  if (password === undefined || isStandIn(password, place) || /^Aladdin$/i.test(name)) return undefined;
  return exampleName.test(name) && place.language !== 'command' ? undefined : plausible;
}
