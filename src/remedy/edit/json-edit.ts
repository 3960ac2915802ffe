import { applyEdits, modify } from 'jsonc-parser';
import { type JsonValue, valueAt } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { lineEndOf } from '../../model/source-text.ts';

/** Whether a text is JSON, in which nothing may be written as only YAML allows it. */
export function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One change of a JSON text, laid out as the rest of it. An empty collection goes with its last entry. */
export function editJsonOnce(text: string, { path, value }: FieldChange): string {
  const keys = [...path];
  if (value === undefined) {
    const root = JSON.parse(text) as JsonValue;
    if (valueAt(root, keys) === undefined) return text;
    while (keys.length > 1 && typeof keys.at(-2) !== 'number' && sizeOf(valueAt(root, keys.slice(0, -1))) === 1)
      keys.pop();
  }
  const formattingOptions = layoutOf(text);
  const edits = modify(text, keys, value, {
    ...(formattingOptions ? { formattingOptions } : {}),
    isArrayInsertion: value !== undefined && isAppended(text, keys),
  });
  return applyEdits(text, edits);
}

function sizeOf(value: JsonValue | undefined): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function isAppended(text: string, keys: readonly (string | number)[]): boolean {
  const index = keys.at(-1);
  if (typeof index !== 'number') return false;
  const list = valueAt(JSON.parse(text) as JsonValue, keys.slice(0, -1));
  return !Array.isArray(list) || index >= list.length;
}

/** Absent where all of it stands in one line. */
function layoutOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } | undefined {
  const [, blanks] = /[\r\n]([ \t]+)\S/.exec(text) ?? [];
  if (blanks === undefined) return undefined;
  return {
    insertSpaces: !blanks.startsWith('\t'),
    tabSize: blanks.startsWith('\t') ? 1 : blanks.length,
    eol: lineEndOf(text),
  };
}
