import { type Arbitrary, constantFrom, tuple } from 'fast-check';

const odd = [null, 7, true, '', 'x', [], {}, [[]], [null], { name: [] }, { value: 7 }] as const;

/** The document with something else, of another type mostly, at any one place of it. */
export function changedJson(document: object): Arbitrary<unknown> {
  const places = [...placesIn(document)];
  return tuple(constantFrom(...places), constantFrom(...odd)).map(([place, value]) => {
    const changed = structuredClone(document) as Record<string, unknown>;
    let holder = changed;
    for (const key of place.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
    holder[place.at(-1) ?? ''] = value;
    return changed;
  });
}

function* placesIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key]);
}
