export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };
export type JsonObject = { readonly [key: string]: JsonValue | undefined };

/** A path into a value: `['spec', 'containers', 0, 'image']`. */
export type KeyPath = readonly (string | number)[];

/** An object, and neither a list nor null. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a key; an empty one where there is none. */
export function objectIn(value: JsonValue | undefined, key: string): JsonObject {
  const inner = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

/** The list at a key; an empty one where there is none. */
export function listIn(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const inner = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(inner) ? (inner as readonly JsonValue[]) : [];
}

/** The text at a key; undefined where there is none. */
export function textIn(value: JsonValue | undefined, key: string): string | undefined {
  const inner = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: JsonValue | undefined, path: KeyPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, key) => {
    if (typeof key === 'number') return Array.isArray(inner) ? (inner as readonly JsonValue[])[key] : undefined;
    return isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, value);
}

/** The path as people write it: `spec.containers[0].image`. */
export function pathText(path: KeyPath): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const plain = /^[\w-]+$/.test(key) ? key : `"${key}"`;
      return index === 0 ? plain : `.${plain}`;
    })
    .join('');
}
