import type { SecretRule } from './rule.ts';
import { guessedRules } from './rules/logins.ts';
import { kindOfName } from './secret-name.ts';
import { isGiven, isHash } from './secret-value.ts';

/**
 * The rule by which a variable of this name and value is a secret. Whoever sets a variable that is called a password means its value, however weak,
 * and blanks in it too; a key or a token must at least be no word that says something else.
 */
export function namedValue(name: string, value: string): SecretRule | undefined {
  const kind = kindOfName(name);
  const text = value.trim();
  if (kind === undefined || text.length < 3 || text.length > 4000 || !isGiven(text) || isHash(text)) return undefined;
  if (/^[a-z][a-z\d+.-]{1,20}:\/\//i.test(text) || (isNumber(text) && kind === 'secret')) return undefined;
  // `SECRET_NAME=` is no secret's value, but `API_TOKEN=vault` may name where it comes from.
  if (kind === 'secret' && text.length < 8) return undefined;
  return guessedRules.find(({ id }) => id === (kind === 'password' ? 'generic-password' : 'generic-secret'));
}

function isNumber(text: string): boolean {
  return /^[\d.]+[smhdkMG]?$/.test(text);
}
