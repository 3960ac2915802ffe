import { isObject, type JsonValue, type KeyPath } from '../../model/json.ts';

/** The value inside of the objects and lists that lead to it, with what was there before. */
export function nested([key, ...rest]: KeyPath, value: JsonValue, before: JsonValue | undefined): JsonValue {
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list = Array.isArray(before) ? [...(before as readonly JsonValue[])] : [];
    list[key] = nested(rest, value, list[key]);
    return list;
  }
  const object = isObject(before) ? before : {};
  return { ...object, [key]: nested(rest, value, object[key]) };
}
