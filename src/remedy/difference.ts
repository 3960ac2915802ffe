import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '../model/json.ts';

export interface ListDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What one list has more than the other, counting repetitions. */
export function listDifference(before: readonly string[], after: readonly string[]): ListDifference {
  return { added: surplus(after, before), removed: surplus(before, after) };
}

function surplus(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((each) => {
    const index = rest.indexOf(each);
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
}

export interface ObjectDifference {
  /** Keys that are new or differ, with the new value; of objects inside only what differs, lists whole. */
  readonly changed: JsonObject;
  /** Paths of keys that are gone: `logging.options`. */
  readonly removed: readonly string[];
}

/** What turns one object into the other. */
export function objectDifference(before: JsonObject, after: JsonObject, path = ''): ObjectDifference {
  const changed: [string, JsonValue][] = [];
  const removed = Object.keys(before)
    .filter((key) => before[key] !== undefined && own(after, key) === undefined)
    .map((key) => path + key);
  for (const [key, value] of Object.entries(after)) {
    const old = own(before, key);
    if (value === undefined || isDeepStrictEqual(old, value)) continue;
    if (!isObject(old) || !isObject(value)) {
      changed.push([key, value]);
      continue;
    }
    const inside = objectDifference(old, value, `${path}${key}.`);
    if (Object.keys(inside.changed).length > 0) changed.push([key, inside.changed]);
    removed.push(...inside.removed);
  }
  return { changed: Object.fromEntries(changed), removed };
}

/** The object without keys that say nothing: undefined, empty lists, objects with nothing in them. */
export function compact(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(
    ([key, value]) => [key, isObject(value) ? compact(value) : value] as const,
  );
  return Object.fromEntries(
    entries.filter(([, value]) =>
      typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== undefined,
    ),
  );
}

/** Keys are names of labels and the like: `constructor` is one, and not what every object inherits. */
function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
