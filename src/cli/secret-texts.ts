import { isPlaceholder, secretFormat, secretRule } from '../controls/container/secret-rules.ts';
import type { Subject } from '../model/control.ts';
import { instructionsOf } from '../model/dockerfile.ts';
import { isObject, type JsonValue, objectIn } from '../model/json.ts';

/** What is shorter than this stands in too many places that are no secret. Characters. */
const shortest = 4;

/**
 * Every secret that a text is known to hold, as it may be written in it: where a program shows parts of a user's own
 * file, they are taken out.
 */
export function secretTexts(text: string, subjects: readonly Subject[]): ReadonlySet<string> {
  const found = [
    ...subjects.flatMap(subjectSecrets),
    ...text.split(/\r\n|\n|\r/).flatMap(lineSecrets),
    ...keyLines(text),
  ];
  const secrets = found
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= shortest && !isPlaceholder(secret));
  return new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]));
}

/** The text without them, the longest first: one may be a part of another. */
export function withoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  return [...secrets]
    .toSorted((left, right) => right.length - left.length)
    .reduce((shown, secret) => shown.replaceAll(secret, '[redacted]'), text);
}

function subjectSecrets(subject: Subject): string[] {
  switch (subject.kind) {
    case 'container':
      return subject.value.environment.flatMap(({ name, value }) => named(name, value.reveal()));
    case 'dockerfile':
      return instructionsOf(subject.value.instructions, ['env', 'arg', 'label'], { onbuild: true }).flatMap(
        ({ pairs }) => pairs.flatMap(({ name, value }) => named(name.text, value?.value ?? value?.text ?? '')),
      );
    case 'kubernetes-object':
      return subject.value.kind === 'Secret'
        ? ['data', 'stringData'].flatMap((key) => Object.values(objectIn(subject.value.value, key)).flatMap(textsIn))
        : [];
    default:
      return [];
  }
}

function named(name: string, value: string): string[] {
  return secretRule(name, value) === undefined ? [] : [value, ...value.split(/\r\n|\n|\r/)];
}

function textsIn(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value, ...value.split('\n')];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** `NAME=value`, `name: value`, `--name value` and `"name": "value"`, in a comment or not. */
const pair =
  /(?<![\w.-])-{0,2}["']?([A-Za-z_][\w.-]{0,80})["']?(?:[ \t]*=[ \t]*|:[ \t]+|[ \t]+)("[^"]*"|'[^']*'|[^\s,;}\]"'#]+)/g;
const credentials = /:\/\/[^\s/:@]*:([^\s/@]+)@/g;

function lineSecrets(line: string): string[] {
  // Nobody writes a secret in so long a line by hand, and a minified file has only one.
  const parts = line.length > 5000 ? (line.match(/.{1,5000}/gs) ?? []) : [line];
  return parts.flatMap((part) => {
    const values = [...pairsIn(part), ...[...part.matchAll(credentials)].map(([, password = '']) => password)];
    const tokens = part
      .split(/[\s"'`=,;()[\]{}]+/)
      .filter((word) => word.length >= shortest && secretFormat(word) !== undefined);
    const isNamed = secretFormat(part) === undefined || values.length + tokens.length > 0;
    return [...values, ...tokens, ...(isNamed ? [] : [part])];
  });
}

function pairsIn(line: string): string[] {
  const values: string[] = [];
  pair.lastIndex = 0;
  for (let match = pair.exec(line); match; match = pair.exec(line)) {
    const [whole, name = '', written = ''] = match;
    const value = written.replace(/^(["'])(.*)\1$/s, '$2');
    values.push(...named(name, value));
    // The value may be the next one's name: `ENV TOKEN abc`.
    pair.lastIndex = match.index + whole.length - written.length;
  }
  return values;
}

/** The lines of private keys. */
function keyLines(text: string): string[] {
  return [...text.matchAll(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----([\s\S]{0,20000}?)-----END/g)].flatMap(
    ([, body = '']) => body.split(/\s+/),
  );
}
