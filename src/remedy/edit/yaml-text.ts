import { isObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import type { YamlNode, YamlSequence } from '../../syntax/yaml.ts';
import { yamlText } from '../yaml.ts';
import type { Indentation } from './yaml-layout.ts';

// Values as YAML text, in the form that their neighbours have.

/** Quotes around a text. */
export type Quotes = 'plain' | 'single-quoted' | 'double-quoted';

/** The lines of an object or a list, a level a line. */
export function blockLines(
  value: JsonValue,
  indentation: Indentation,
  column: number,
  quotes: Quotes = 'plain',
): string[] {
  const blanks = ' '.repeat(column);
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((item) => {
      if (!isNested(item)) return [`${blanks}- ${plainText(item, quotes)}`];
      const [first = '', ...rest] = blockLines(item, indentation, column + 2);
      return [`${blanks}- ${first.trimStart()}`, ...rest];
    });
  }
  return entriesOf(value as JsonObject).flatMap(([key, each]) => {
    const name = `${blanks}${yamlText(key)}:`;
    if (!isNested(each)) return [`${name} ${plainText(each, quotes)}`];
    const width = Array.isArray(each) ? indentation.list : indentation.step;
    return [name, ...blockLines(each, indentation, column + width)];
  });
}

/** A value on a line of its own, where a comma means nothing. */
export function plainText(value: JsonValue, quotes: Quotes = 'plain'): string {
  return typeof value === 'string' && quotes === 'plain' ? yamlText(value) : flowText(value, quotes);
}

/** Whether there is anything in it that needs lines of its own. */
export function isNested(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => each !== undefined);
}

/** A value in one line; `blank` stands inside of braces. */
export function flowText(value: JsonValue, quotes: Quotes = 'plain', blank = ' '): string {
  if (Array.isArray(value)) {
    return `[${(value as readonly JsonValue[]).map((each) => flowText(each, quotes, blank)).join(', ')}]`;
  }
  if (isObject(value)) {
    const entries = entriesOf(value).map(([key, each]) => `${yamlText(key)}: ${flowText(each, quotes, blank)}`);
    return entries.length === 0 ? '{}' : `{${blank}${entries.join(', ')}${blank}}`;
  }
  if (value === null || typeof value !== 'string') return JSON.stringify(value);
  if (quotes === 'single-quoted' && !/[^\x20-\x7e]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  if (quotes === 'double-quoted') return JSON.stringify(value);
  const plain = yamlText(value);
  return plain.includes(',') && !plain.startsWith('"') ? JSON.stringify(value) : plain;
}

/** The quotes that a text has. */
export function quotesOf(node: YamlNode | undefined): Quotes {
  if (node?.kind !== 'scalar') return 'plain';
  return node.style === 'single-quoted' || node.style === 'double-quoted' ? node.style : 'plain';
}

/** The quotes that every entry of a list has. */
export function quotesIn({ items }: YamlSequence): Quotes {
  const [first, ...others] = new Set(items.map(quotesOf));
  return first !== undefined && others.length === 0 ? first : 'plain';
}

function entriesOf(object: JsonObject): [string, JsonValue][] {
  return Object.entries(object).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
}
