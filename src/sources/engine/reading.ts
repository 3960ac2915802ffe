import type { JsonObject, JsonValue } from '../../model/json.ts';

/*
 * The engine's answers are read field by field: a field that is missing, `null` or of another type is absent,
 * so that no odd answer can bring a run down.
 */

type Field = JsonValue | undefined;

export function isObject(value: Field): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldAt(value: Field, key: string): Field {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function stringAt(value: Field, key: string): string | undefined {
  const field = fieldAt(value, key);
  return typeof field === 'string' ? field : undefined;
}

/** A text that says something: absent and empty are the same to the engine. */
export function textAt(value: Field, key: string): string | undefined {
  return stringAt(value, key) || undefined;
}

export function numberAt(value: Field, key: string): number | undefined {
  const field = fieldAt(value, key);
  return typeof field === 'number' ? field : undefined;
}

export function booleanAt(value: Field, key: string): boolean | undefined {
  const field = fieldAt(value, key);
  return typeof field === 'boolean' ? field : undefined;
}

export function objectAt(value: Field, key: string): JsonObject {
  const field = fieldAt(value, key);
  return isObject(field) ? field : {};
}

export function listAt(value: Field, key: string): readonly JsonValue[] {
  const field = fieldAt(value, key);
  return Array.isArray(field) ? (field as readonly JsonValue[]) : [];
}

export function stringsAt(value: Field, key: string): string[] {
  const field = fieldAt(value, key);
  if (typeof field === 'string') return [field];
  return listAt(value, key).filter((each) => typeof each === 'string');
}

/** A map of texts; numbers and booleans are written out, anything else is left out. */
export function textsAt(value: Field, key: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectAt(value, key)).flatMap(([name, each]) =>
      typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean' ? [[name, String(each)]] : [],
    ),
  );
}
