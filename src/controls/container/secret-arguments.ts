import { type SecretRule, secretFormat, secretRule } from './secret-rules.ts';

/** Where a secret stands and how it was recognised: all of it may be shown. */
export interface NamedSecret {
  /** The model's own path: `command[2]`. */
  readonly field: string;
  /** The option or variable that holds it; the place itself where it has no name. */
  readonly name: string;
  readonly rule: SecretRule;
}

/** Secrets in a list of arguments, also in a script that is one of them: `--name=value`, `--name value`, `NAME=value`. */
export function secretsInArguments(words: readonly string[], field: string): NamedSecret[] {
  return words.flatMap((word, index) => {
    const place = `${field}[${index}]`;
    const parts = /\s/.test(word) ? word.split(/\s+/) : [word];
    const named = parts.flatMap((part, at) => {
      const next = parts[at + 1] ?? (parts.length === 1 ? words[index + 1] : undefined);
      const secret = namedSecret(part, next);
      return secret ? [{ ...secret, field: place }] : [];
    });
    if (named.length > 0) return named;
    const rule = secretFormat(word);
    return rule === undefined ? [] : [{ field: place, name: place, rule }];
  });
}

function namedSecret(part: string, next: string | undefined): Omit<NamedSecret, 'field'> | undefined {
  const word = unquoted(part);
  const [, name, value] = /^(-{0,2}[A-Za-z_][\w.-]{0,100})=(.*)$/s.exec(word) ?? [];
  if (name !== undefined && value !== undefined) return ruled(name, secretRule(name, unquoted(value)));
  const isOption = /^--?[A-Za-z][\w-]{0,100}$/.test(word);
  if (!isOption || next === undefined || next.startsWith('-')) return undefined;
  // The next word is looked at by itself for known forms; here only the option's name can tell.
  const rule = secretRule(word, unquoted(next));
  return rule === 'name' ? ruled(word, rule) : undefined;
}

function ruled(name: string, rule: SecretRule | undefined): Omit<NamedSecret, 'field'> | undefined {
  if (rule === undefined) return undefined;
  // After a single dash a value may follow without a space, `-pPassword`: then the name is the secret.
  return /^-[^-]/.test(name) ? { rule, name: name.slice(0, 2) } : { rule, name };
}

function unquoted(text: string): string {
  let end = text.length;
  while (end > 0 && `"';`.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(/^["']/.test(text) ? 1 : 0, end);
}
