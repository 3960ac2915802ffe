import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import { secretsInArguments } from '../container/secret-arguments.ts';
import { isPlaceholder, type SecretRule, secretFormat, secretRule } from '../container/secret-rules.ts';

/** Where a secret stands in a Dockerfile, and how it was recognised: all of it may be shown. */
export interface WrittenSecret {
  readonly name: string;
  readonly rule: SecretRule;
  readonly span: Span;
}

/** What has the form `WORD secret` or stands between such words; the group is the secret. */
const phrases: readonly { readonly rule: SecretRule; readonly pattern: RegExp }[] = [
  { rule: 'npm-login', pattern: /:?_(?:authToken|auth|password)\s*=\s*["']?([^\s"']+)/ },
  { rule: 'netrc-password', pattern: /\bmachine\s+\S+\s+login\s+\S+\s+password\s+(\S+)/ },
  { rule: 'sql-password', pattern: /\bidentified\s+(?:with\s+\S+\s+)?by\s+(?:password\s+)?["']([^"']+)["']/i },
  { rule: 'sql-password', pattern: /\bpassword\s+'([^']+)'/i },
  { rule: 'debconf-password', pattern: /[\w.-]{1,60}\/[\w.-]{0,60}pass(?:word)?[\w.-]{0,60}\s+password\s+(\S+)/ },
];

/** Whether a value is no secret in a build: a gap, a variable, or a word that says so itself. */
export function isStandIn(value: string): boolean {
  return (
    !/[A-Za-z0-9]/.test(value) ||
    isPlaceholder(withBraces(value)) ||
    /dummy|fake|placeholder|not[-_ ]?(?:a[-_ ]?)?(?:real|secret|used|needed)|unused|ignored?$|^(?:example|null|none|precompile|build(?:time)?)$/i.test(
      value,
    )
  );
}

/** Whether a name says that its value is a secret, whatever it is: what is handed in at build time is not known here. */
export function namesSecret(name: string): boolean {
  if (/(?:^|_)(?:FILE|FILES|FILENAME|PATH|DIR|DIRECTORY|LOCATION|HASH|SALT|STDIN)$/i.test(name)) return false;
  if (/^(?:\w+_)?(?:AWS_ACCESS_KEY_ID|SSH_KEY|SSH_PRV_KEY|DEPLOY_KEY)$/i.test(name)) return true;
  return secretRule(name, 'word') === 'name';
}

/** The rule by which a named value is a secret; stand-ins are none. */
export function ruleOf(name: string, value: string): SecretRule | undefined {
  if (isStandIn(value)) return undefined;
  if (/^(?:\w+_)?AWS_ACCESS_KEY_ID$/.test(name) && /^[A-Z0-9]{16,}$/.test(value)) return 'name';
  return secretRule(name, withBraces(value)) ?? phraseRule(value);
}

/** The rule by which a text holds a secret, without a name. */
export function phraseRule(text: string): SecretRule | undefined {
  const found = phrases.find(({ pattern }) => {
    const secret = pattern.exec(text)?.[1];
    return secret !== undefined && !isStandIn(secret);
  });
  return found?.rule ?? secretFormat(withBraces(text));
}

/** Secrets in the words of one command, its assignments and what it is given to read. */
export function secretsOfCommand(command: ShellCommand): WrittenSecret[] {
  const { words, assignments, redirects, program } = command;
  const assigned = assignments.flatMap(({ name, value, span }) => {
    const rule = ruleOf(name, value.text);
    return rule === undefined ? [] : [{ name, rule, span }];
  });
  const bodies = redirects.flatMap(({ body, target }) =>
    body === undefined ? [] : secretsOfLines(body).map(({ name, rule }) => ({ name, rule, span: target.span })),
  );
  if (readsOnly.has(program)) return [...assigned, ...bodies];
  return [...assigned, ...bodies, ...secretsOfWords(words.slice(1)), ...phrasesOf(words.slice(1))];
}

/** Their arguments are patterns and names to look for. */
const readsOnly = new Set(['grep', 'egrep', 'fgrep', 'rg', 'awk', 'test', '[', '[[', 'unset', 'find', 'ls']);

function secretsOfWords(words: readonly ShellWord[]): WrittenSecret[] {
  const texts = words.map(({ text, literal }) => blankStandIns(literal ? text : withBraces(text)));
  return secretsInArguments(texts, '').flatMap(({ field, name, rule }) => {
    const index = Number(/\[(\d+)\]/.exec(field)?.[1]);
    const word = words[index];
    return word ? [{ name: name === field ? 'argument' : name, rule, span: word.span }] : [];
  });
}

/** Options that name no value, and values that are no secret, take no part. */
function blankStandIns(text: string): string {
  return text.replaceAll(/\S+/g, (part) => {
    if (
      /^--?[\w-]*(?:disabled?|stdin|prompt|ask|no-|without|empty|random|generate|require|skip|file|expire|show|never|hash)[\w-]*$/i.test(
        part,
      )
    )
      return '-';
    const [, name, value] = /^(["']?-{0,2}[A-Za-z_][\w.-]*=)(.*)$/s.exec(part) ?? [];
    if (name !== undefined && value !== undefined) return isStandIn(value.replaceAll(/["';]/g, '')) ? '-' : part;
    return isStandIn(part.replaceAll(/["';]/g, '')) ? '-' : part;
  });
}

function phrasesOf(words: readonly ShellWord[]): WrittenSecret[] {
  return words.flatMap(({ text, span }) => {
    const rule = phrases.find(({ pattern }) => {
      const secret = pattern.exec(text)?.[1];
      return secret !== undefined && !isStandIn(secret);
    })?.rule;
    return rule === undefined ? [] : [{ name: 'argument', rule, span }];
  });
}

/** Secrets in a text that is written to a file: `NAME=value`, `name: value`, and known forms; `line` counts from 0. */
export function secretsOfLines(
  text: string,
): { readonly name: string; readonly rule: SecretRule; readonly line: number }[] {
  const hasForm = phraseRule(text) !== undefined;
  return text.split('\n').flatMap((content, line) => {
    const form = hasForm ? phraseRule(content) : undefined;
    if (form !== undefined) return [{ name: 'line', rule: form, line }];
    const [, name, separator, value] =
      /^\s*(?:export\s+)?["']?([A-Za-z_][\w.-]{0,100})["']?\s*([=:])\s*["']?([^\s"'()[\]{};,$]+)["']?,?\s*$/.exec(
        content,
      ) ?? [];
    if (
      name === undefined ||
      value === undefined ||
      (separator === ':' && /^(?:str|string|int|any|bytes)$/i.test(value))
    )
      return [];
    // Known forms were found above: only the name is left to tell, and most names do not.
    const rule = /pass|pwd|secret|token|cred|key|auth/i.test(name) ? ruleOf(name, value) : undefined;
    return rule === undefined ? [] : [{ name, rule, line }];
  });
}

/** `$name` as `${name}`, in which variables are known whatever their case; and without a password that only fills a gap. */
function withBraces(text: string): string {
  return text.replaceAll(/\$([A-Za-z_]\w*)/g, '$${$1}').replaceAll(':x-oauth-basic@', '@');
}
