import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, type JsonValue, type KeyPath } from '../model/json.ts';
import type { FileContent } from '../model/plan.ts';
import { editJsonOnce } from '../remedy/edit/json-edit.ts';
import { textOf } from './file-diff.ts';

/**
 * Objects are merged, lists are joined, of other values the first one wanted stands. Who changes the log driver says
 * which options it takes: those of the old driver are for nothing then.
 */
export function mergedSettings(all: readonly JsonObject[]): JsonObject {
  const result: Record<string, JsonValue | undefined> = {};
  const drivers = all.some((each) => 'log-driver' in each);
  const counted = all.flatMap((each) =>
    Object.entries(each).filter(([key]) => key !== 'log-opts' || !drivers || 'log-driver' in each),
  );
  for (const [key, value] of counted) {
    const before = result[key];
    if (before === undefined) result[key] = value;
    // Who wants fewer listeners answers those too who only want them otherwise.
    else if (key === 'hosts') result[key] = fewer(before, value);
    else if (isObject(before) && isObject(value)) result[key] = { ...value, ...before };
    else if (Array.isArray(before) && Array.isArray(value)) {
      result[key] = [...new Set([...(before as readonly JsonValue[]), ...(value as readonly JsonValue[])])];
    }
  }
  return result;
}

/** The shorter of two lists; `null`, for none at all, is the shortest. */
function fewer(left: JsonValue, right: JsonValue | undefined): JsonValue | undefined {
  return lengthOf(right) < lengthOf(left) ? right : left;
}

function lengthOf(value: JsonValue | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The whole configuration with the settings: each takes the place of the old value, `null` takes a key away. */
export function withSettings(values: JsonObject, settings: JsonObject): JsonObject {
  const result: Record<string, JsonValue | undefined> = { ...values };
  for (const [key, value] of Object.entries(settings)) {
    if (value === null) delete result[key];
    else result[key] = value;
  }
  return result;
}

/** The text of the file with the settings in it, laid out as it was. */
export function editedSettings(content: FileContent | null, settings: JsonObject): string {
  const text = textOf(content);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  // An empty object has no layout to keep.
  if (/^\s*(?:\{\s*\}\s*)?$/.test(body)) {
    const laidOut = `${JSON.stringify(withSettings({}, settings), null, 2)}\n`;
    return mark + (body.includes('\r\n') ? laidOut.replaceAll('\n', '\r\n') : laidOut);
  }
  return mark + changesOf(settings, body).reduce((before, change) => editJsonOnce(before, change), body);
}

function changesOf(settings: JsonObject, text: string): { path: KeyPath; value?: JsonValue }[] {
  const values = JSON.parse(text) as JsonObject;
  return Object.entries(settings).flatMap(([key, value]): { path: KeyPath; value?: JsonValue }[] => {
    if (value === undefined) return [];
    if (value === null) return Object.hasOwn(values, key) ? [{ path: [key] }] : [];
    const before = values[key];
    if (isDeepStrictEqual(before, value)) return [];
    if (!isObject(value) || !isObject(before) || Object.keys(value).length === 0) return [{ path: [key], value }];
    // What stays in an object keeps its layout. What goes does so at last, since an empty object would go with it.
    const set = Object.entries(value).flatMap(([inner, each]) =>
      each === undefined || isDeepStrictEqual(before[inner], each) ? [] : [{ path: [key, inner], value: each }],
    );
    const gone = Object.keys(before).filter((inner) => !Object.hasOwn(value, inner));
    return [...set, ...gone.map((inner) => ({ path: [key, inner] }))];
  });
}

/** Whether an edit leaves the file with what is wanted, and every other byte as it was. */
export function editsCleanly(content: FileContent | null, settings: JsonObject, wanted: JsonObject): boolean {
  // What is no UTF-8 would not be the same bytes again.
  if (content !== null && Buffer.from(textOf(content)).toString('base64') !== content.bytes) return false;
  try {
    const text = editedSettings(content, settings).replace(/^\uFEFF/, '');
    return isDeepStrictEqual(JSON.parse(text), JSON.parse(JSON.stringify(wanted)));
  } catch {
    return false;
  }
}
