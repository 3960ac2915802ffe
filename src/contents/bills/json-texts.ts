import { isObject, type JsonValue, listIn, textIn } from '../../model/json.ts';

/** A text that says something: undefined for '' and for all else that is none. */
export function filledText(value: JsonValue | undefined, key: string): string | undefined {
  const text = textIn(value, key);
  return text === '' ? undefined : text;
}

/** The texts of a list, without all else that may stand there. */
export function textsIn(value: JsonValue | undefined, key: string): readonly string[] {
  return listIn(value, key).filter((each) => typeof each === 'string');
}

/** Pairs of name and value, as CycloneDX has them: every value of each name, in order. */
export function propertiesIn(value: JsonValue | undefined): ReadonlyMap<string, readonly string[]> {
  const properties = new Map<string, string[]>();
  for (const each of listIn(value, 'properties')) {
    const name = isObject(each) ? textIn(each, 'name') : undefined;
    if (name === undefined) continue;
    const values = properties.get(name);
    const text = textIn(each, 'value') ?? '';
    if (values) values.push(text);
    else properties.set(name, [text]);
  }
  return properties;
}

/** The first value of the first of these names that has one that says something. */
export function firstProperty(
  properties: ReadonlyMap<string, readonly string[]>,
  ...names: readonly string[]
): string | undefined {
  for (const name of names) {
    const value = properties.get(name)?.[0];
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}
