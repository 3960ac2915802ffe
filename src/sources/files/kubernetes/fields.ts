import { knownFields } from './known-fields.ts';

/** Fields of a type, with what each of them holds, in the words of the table. */
export type Fields = ReadonlyMap<string, string>;

let table: ReadonlyMap<string, Fields> | undefined;

/** The fields of a type; undefined where it is none of the table. */
export function fieldsOf(type: string): Fields | undefined {
  table ??= readTable();
  return table.get(type);
}

/** The type of a whole object; undefined for kinds that are not known, or not in this version of their API. */
export function typeOfObject(apiVersion: string, kind: string): string | undefined {
  return fieldsOf(kind)?.get('apiVersion') === `=${apiVersion}` ? kind : undefined;
}

/** The version of the API in which a kind is written today; undefined where the kind is not known. */
export function apiVersionOf(kind: string): string | undefined {
  const written = fieldsOf(kind)?.get('apiVersion');
  return written?.startsWith('=') ? written.slice(1) : undefined;
}

function readTable(): ReadonlyMap<string, Fields> {
  return new Map(
    knownFields
      .trim()
      .split('\n')
      .map((line) => {
        const [type = '', ...entries] = line.split(' ');
        return [type, new Map(entries.map(fieldOf))];
      }),
  );
}

function fieldOf(entry: string): [string, string] {
  const colon = entry.indexOf(':');
  return [entry.slice(0, colon), entry.slice(colon + 1)];
}
