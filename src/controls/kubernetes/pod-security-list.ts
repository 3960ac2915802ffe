import type { JsonValue, KeyPath } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';

/** Takes the wrong entries out of a list, from its end so that no number changes; the whole list if none is right. */
export function withoutEntries(
  path: KeyPath,
  entries: readonly JsonValue[],
  isWrong: (entry: JsonValue) => boolean,
): FieldChange[] {
  const wrong = entries.flatMap((entry, index) => (isWrong(entry) ? [index] : []));
  if (wrong.length === 0) return [];
  if (wrong.length === entries.length) return [{ path }];
  return wrong.toReversed().map((index) => ({ path: [...path, index] }));
}
