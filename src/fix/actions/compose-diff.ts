import { formatPatch, structuredPatch } from 'diff';
import { secretFormat, secretRule } from '../../controls/container/secret-rules.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { concealText } from '../../remedy/redaction.ts';

const placeholder = '[redacted]';
/** What is shorter than this stands in too many places that are no secret. Characters. */
const shortest = 4;

/**
 * A unified diff of a Compose file, without the values of secrets. Around a change, only lines that hold none are shown: the
 * context ends at one that does.
 */
export function composeDiff(path: string, before: string, after: string, containers: readonly ContainerSpec[]): string {
  const secrets = secretsIn(containers);
  const name = path.replace(/^\/+/, '');
  const patchWith = (context: number) =>
    structuredPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context });
  const isClean = (patch: ReturnType<typeof patchWith>) =>
    patch.hunks.every(({ lines }) => lines.every((line) => concealLine(line, secrets) === line));
  const chosen = [3, 2, 1, 0].map(patchWith).find(isClean) ?? patchWith(0);
  for (const hunk of chosen.hunks) hunk.lines = hunk.lines.map((line) => concealLine(line, secrets));
  return formatPatch(chosen, { includeIndex: false, includeUnderline: false, includeFileHeaders: true });
}

function secretsIn(containers: readonly ContainerSpec[]): string[] {
  const values = containers.flatMap(({ environment }) =>
    environment.flatMap(({ name, value }) => {
      const text = value.reveal();
      return secretRule(name, text) === undefined ? [] : [text, ...text.split(/\r\n|\n|\r/)];
    }),
  );
  const long = values.map((value) => value.trim()).filter((value) => value.length >= shortest);
  // The longest first: one may be a part of another.
  return [...new Set(long.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))].toSorted(
    (left, right) => right.length - left.length,
  );
}

/** `NAME=value`, `name: value` and `"name": "value"`, in a comment or not. */
const pair = /([A-Za-z_][\w.-]{0,80})(["']?[ \t]*(?:=|:[ \t])[ \t]*)("[^"]*"|'[^']*'|[^\s,;}\]"']+)/g;

function concealLine(line: string, secrets: readonly string[]): string {
  const known = secrets.reduce((shown, secret) => shown.replaceAll(secret, placeholder), line);
  const named = known.replaceAll(pair, (whole: string, name: string, between: string, written: string) => {
    const value = written.replace(/^(["'])(.*)\1$/s, '$2');
    return secretRule(name, value) === undefined ? whole : `${name}${between}${placeholder}`;
  });
  const shown = concealText(named);
  return secretFormat(shown) === undefined ? shown : `${line.slice(0, 1)}${placeholder}`;
}
