import type { JsonObject, JsonValue } from '../../model/json.ts';

/** A setting that is made of names and values; anything else, `null` included, is as good as none. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** A setting that is a list of texts; anything else, `null` included, is as good as none. */
export function listOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
