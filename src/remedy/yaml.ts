import type { JsonObject, JsonValue } from '../model/json.ts';
import { invisible } from './invisible.ts';

/**
 * A small object as lines of block YAML. The `yaml` library takes longer to load than a whole report takes to
 * render, and a snippet needs a corner of it only: whatever is not plainly a word is written as a JSON string.
 */
export function yamlLines(object: JsonObject): string[] {
  return Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : entryLines(key, value)));
}

/** The same lines further to the right, `depth` levels of two spaces. */
export function indented(lines: readonly string[], depth: number): string[] {
  return lines.map((line) => '  '.repeat(depth) + line);
}

function entryLines(key: string, value: JsonValue): string[] {
  const name = `${yamlText(key)}:`;
  return isNested(value) ? [name, ...indented(nodeLines(value), 1)] : [`${name} ${scalar(value)}`];
}

function nodeLines(value: JsonValue): string[] {
  if (!isNested(value)) return [scalar(value)];
  if (!Array.isArray(value)) return yamlLines(value as JsonObject);
  return (value as readonly JsonValue[]).flatMap((item) =>
    nodeLines(item).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)),
  );
}

function isNested(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => each !== undefined);
}

function scalar(value: JsonValue): string {
  if (typeof value === 'string') return yamlText(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
  return String(value);
}

const plainScalar = /^[A-Za-z/_][\w./@+=,-]*(?::[\w./@+=,-]+)*$/;
/** A number with its unit is no number: `512m`, `256Mi`. */
const amount = /^\d+(?:[kmg]|[KMGT]i)$/;
/** Words that YAML 1.1 or 1.2 takes for something else than a string. */
const reservedWord = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** A text as a key or value: as it stands where every reader of YAML takes it for a string, quoted otherwise. */
export function yamlText(text: string): string {
  if ((plainScalar.test(text) && !reservedWord.test(text)) || amount.test(text)) return text;
  return JSON.stringify(text).replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
