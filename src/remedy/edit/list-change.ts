import type { JsonValue, KeyPath } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';

/** Turns a list into another by taking single entries away and appending others: the ones that stay are not touched. */
export function listChanges(
  path: KeyPath,
  list: readonly JsonValue[],
  keep: (entry: JsonValue, index: number) => boolean,
  added: readonly JsonValue[] = [],
): FieldChange[] {
  const removed = list.flatMap((entry, index) => (keep(entry, index) ? [] : [{ path: [...path, index] }]));
  return [...added.map((value, index) => ({ path: [...path, list.length + index], value })), ...removed];
}

/** A plain value as text, numbers and booleans as they were read; of anything else nothing. */
export function scalarText(value: JsonValue): string {
  return typeof value === 'object' ? '' : String(value);
}
