import type { Word } from '../../../model/dockerfile.ts';

const otherNames: Readonly<Record<string, string>> = {
  dst: 'target',
  destination: 'target',
  src: 'source',
  ro: 'readonly',
  rw: 'readwrite',
};

/**
 * The options of a `--mount`, under the longest of their names (`src` is `source`). An option alone is `true`; without
 * a `type` it is a bind.
 */
export function mountOptions(word: Word | undefined): Readonly<Record<string, string>> {
  const fields = fieldsOf(word?.value ?? word?.text ?? '').map((field) => {
    const equals = field.indexOf('=');
    const written = (equals < 0 ? field : field.slice(0, equals)).trim().toLowerCase();
    const name = Object.hasOwn(otherNames, written) ? otherNames[written] : written;
    return [name, equals < 0 ? 'true' : field.slice(equals + 1)];
  });
  return { type: 'bind', ...(Object.fromEntries(fields) as Record<string, string>) };
}

/** Fields between commas; quotes around a whole field keep commas in it. */
function fieldsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"]|"")*)"|[^,]+/g)].map(([field, quoted]) => quoted?.replaceAll('""', '"') ?? field);
}
