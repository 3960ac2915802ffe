import { isUtf8 } from 'node:buffer';
import type { JsonValue } from '../model/json.ts';

/** JSON from outside, or in a few words why it is none: always the same ones, so that they can be counted. */
export type JsonReading = { readonly value: JsonValue } | { readonly problem: string };

/** Lists and objects inside of each other: records have some ten. Whoever walks over a value may do so by calling itself. */
const deepest = 64;

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Reads a text in UTF-8. Nothing is put in the place of bytes that are none: a name would become another one. */
export function readJson(bytes: Buffer): JsonReading {
  if (!isUtf8(bytes)) return { problem: 'it is no UTF-8' };
  const start = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  let value: JsonValue;
  try {
    value = JSON.parse(bytes.toString('utf8', start)) as JsonValue;
  } catch {
    return { problem: 'it is no JSON' };
  }
  return isDeeper(value, deepest) ? { problem: 'it is nested too deeply' } : { value };
}

function isDeeper(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const inner: readonly (JsonValue | undefined)[] = Object.values(value);
  return inner.some((each) => isDeeper(each, levels - 1));
}
