import { changeRate, entropyOf } from './entropy.ts';
import type { Language } from './place.ts';
import { isExample, isPlaceholder, isReference, isSetting } from './placeholder.ts';

/** Whether a value may be what a name says that it is: nothing that stands for something else, and no name or path itself. */
export function isLiteral(value: string): boolean {
  return (
    !isPlaceholder(value) &&
    !isSetting(value) &&
    !isPath(value) &&
    !/^[a-z][a-z\d+.-]{1,20}:\/\//i.test(value) &&
    !isHash(value)
  );
}

/** A password as people choose them. In code, where a text in quotes may be anything, only what nothing else looks like. */
export function isPassword(value: string, isQuoted: boolean, language: Language): boolean {
  if (value.length > 100 || /\s/.test(value)) return false;
  // Whoever sets a variable, or starts something with it, does so because of what is in it, however weak it is.
  if (language === 'value' || language === 'command') return value.length >= 4 && isGiven(value) && !isCode(value);
  if (value.length < 6 || !isLiteral(value) || isCode(value) || isWords(value)) return false;
  const kinds = kindsOf(value);
  if (language === 'configuration') return kinds >= 2 || /^\d{6,12}$/.test(value);
  if (isNumberedWords(value) || (!isQuoted && language === 'code') || /^[\w.-]+\.[\w.-]+$/.test(value)) return false;
  return value.length >= 8 && /\d/.test(value) && (kinds >= 3 || (kinds >= 2 && changeRate(value) > 0.2));
}

/** Neither a variable nor a word that says that there is none. */
export function isGiven(value: string): boolean {
  return !isReference(value) && !isExample(value) && !isSetting(value) && !isPath(value) && !value.includes('$');
}

/** A value that a machine made: long, of letters and digits in no order. */
export function isRandom(value: string): boolean {
  if (value.length < 16 || value.length > 500 || !/^[\w+/=.~:-]+$/.test(value) || !isLiteral(value)) return false;
  const digits = value.match(/\d/g)?.length ?? 0;
  const letters = value.match(/[A-Za-z]/g)?.length ?? 0;
  if (digits === 0 || letters < 2 || isNumberedWords(value)) return false;
  const changes = changeRate(value);
  // One digit in many letters is a version; in a wild mixture of both cases it is chance.
  if (digits < 3 && (value.length < 24 || changes < 0.35)) return false;
  return changes >= 0.2 && entropyOf(value) >= (/^[\da-f]+$/i.test(value) ? 2.8 : 3.3);
}

function kindsOf(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d._-]/].filter((kind) => kind.test(value)).length;
}

/** A path, or a file's name. */
export function isPath(value: string): boolean {
  return (
    (/^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:[\\/])[\w.@%:\\/~ -]*$/.test(value) &&
      !(value.length >= 32 && changeRate(value) > 0.35 && !value.slice(1).includes('/'))) ||
    /^[\w@.-]{1,80}\.(?:pem|key|crt|cer|p12|pfx|jks|txt|json|ya?ml|conf|cfg|ini|env|sh|py|js|ts|go|java|html?|php|xml|properties|so|md|service|log)$/i.test(
      value,
    )
  );
}

/** A digest of a password, which is not the password itself; other rules are for those. */
export function isHash(value: string): boolean {
  return /^(?:\$(?:\d[a-z]?|y|gy|sha1|md5|apr1|argon2\w{0,2}|pbkdf2[\w-]{0,10}|scrypt|bcrypt[\w-]{0,10}|P|H|S)\$|sha\d{1,3}[-:]|md5[:$]|pbkdf2[:_]|scrypt:|SCRAM-SHA|\{[A-Za-z\d-]{2,12}\})/i.test(
    value,
  );
}

/** An expression of a programming language: a call, a member, an index, a variable. */
function isCode(value: string): boolean {
  return (
    /^[A-Za-z_$@][\w$]*(?:(?:\.|->|::)[A-Za-z_]\w*)+/.test(value) ||
    /[A-Za-z_]\w*\(/.test(value) ||
    /^(?:new|return|function|lambda|await|self|this|nil|null|None|True|False)\b/.test(value) ||
    /^[([{)\]}]|[([{]$|^["'`]|=>|&&|\|\||^\W+$|^&|\\[dwsnrtx]|^%|\[["']?\w*["']?\]|^<|^\\/.test(value)
  );
}

/** Words, with something between them or not: `user_password`, `PasswordField`, `enter-your-password`. */
function isWords(value: string): boolean {
  return /^[A-Za-z._\-/ :,?!]+$/.test(value) && wordLetters(value) >= 0.6;
}

/** The same with numbers, as names have them: `token2`, `sha256-of-key`. */
function isNumberedWords(value: string): boolean {
  return /^[\w.\-/ :,?!]+$/.test(value) && wordLetters(value) >= 0.6;
}

/** Which part of it stands in runs of four letters or more. */
function wordLetters(value: string): number {
  const letters = value.match(/[A-Za-z][a-z]{3,}|[A-Z]{4,}/g)?.reduce((sum, run) => sum + run.length, 0) ?? 0;
  return letters / value.length;
}
