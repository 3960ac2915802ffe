import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, type JsonValue, type KeyPath } from '../model/json.ts';
import type { FileContent } from '../model/plan.ts';
import { editJsonOnce } from '../remedy/edit/json-edit.ts';
import { textOf } from './file-diff.ts';

/** Objects are merged, lists are joined, of other values the first one wanted stands. */
export function mergedSettings(all: readonly JsonObject[]): JsonObject {
  const result: Record<string, JsonValue | undefined> = {};
  for (const [key, value] of all.flatMap((each) => Object.entries(each))) {
    const before = result[key];
    if (before === undefined) result[key] = value;
    else if (isObject(before) && isObject(value)) result[key] = { ...value, ...before };
    else if (Array.isArray(before) && Array.isArray(value)) {
      result[key] = [...new Set([...(before as readonly JsonValue[]), ...(value as readonly JsonValue[])])];
    }
  }
  return result;
}

/** The whole configuration with the settings: `null` takes a key away, objects are merged as they are in the file. */
export function withSettings(values: JsonObject, settings: JsonObject): JsonObject {
  const result: Record<string, JsonValue | undefined> = { ...values };
  for (const [key, value] of Object.entries(settings)) {
    const before = result[key];
    if (value === null) delete result[key];
    else result[key] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
  return result;
}

/** The text of the file with the settings in it, laid out as it was. */
export function editedSettings(content: FileContent | null, settings: JsonObject): string {
  const text = textOf(content);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  // An empty object has no layout to keep.
  if (/^\s*(?:\{\s*\}\s*)?$/.test(body)) return `${mark}${JSON.stringify(withSettings({}, settings), null, 2)}\n`;
  return mark + changesOf(settings, body).reduce((before, change) => editJsonOnce(before, change), body);
}

function changesOf(settings: JsonObject, text: string): { path: KeyPath; value?: JsonValue }[] {
  const values = JSON.parse(text) as JsonObject;
  return Object.entries(settings).flatMap(([key, value]): { path: KeyPath; value?: JsonValue }[] => {
    if (value === undefined) return [];
    if (value === null) return Object.hasOwn(values, key) ? [{ path: [key] }] : [];
    if (!isObject(value) || !isObject(values[key])) return [{ path: [key], value }];
    return Object.entries(value).flatMap(([inner, each]) =>
      each === undefined ? [] : [{ path: [key, inner], value: each }],
    );
  });
}

export function editsCleanly(content: FileContent | null, settings: JsonObject, wanted: JsonObject): boolean {
  try {
    const text = editedSettings(content, settings).replace(/^\uFEFF/, '');
    return isDeepStrictEqual(JSON.parse(text), JSON.parse(JSON.stringify(wanted)));
  } catch {
    return false;
  }
}
