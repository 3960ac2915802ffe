import { skipBlanks, trimmedEnd } from './blank.ts';

/** An array of strings in JSON, with the stretch of each string, its quotes included. */
export type JsonArray =
  | { readonly kind: 'strings'; readonly strings: readonly JsonString[] }
  /** Valid JSON, but not only strings: BuildKit refuses it. */
  | { readonly kind: 'mixed' }
  /** BuildKit takes it for ordinary words. */
  | { readonly kind: 'none' };

export interface JsonString {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const stringLiteral = /"(?:[^"\\]|\\.)*"/g;

export function readJsonArray(text: string): JsonArray {
  const start = skipBlanks(text, 0);
  if (text[start] !== '[') return { kind: 'none' };
  const json = text.slice(start, trimmedEnd(text, start));
  let values: unknown;
  try {
    values = JSON.parse(json);
  } catch {
    return { kind: 'none' };
  }
  if (!Array.isArray(values) || values.some((each) => typeof each !== 'string')) return { kind: 'mixed' };
  const strings = [...json.matchAll(stringLiteral)].map(({ index, 0: literal }) => ({
    value: JSON.parse(literal) as string,
    start: start + index,
    end: start + index + literal.length,
  }));
  return { kind: 'strings', strings };
}
