import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../model/json.ts';
import { parseYaml } from '../../../syntax/yaml.ts';
import { writtenFile } from '../written-file.ts';
import { composeNode } from './node.ts';
import { validate } from './validate.ts';

interface OfficialSchema {
  readonly $ref?: string;
  readonly oneOf?: readonly OfficialSchema[];
  readonly properties?: Readonly<Record<string, OfficialSchema>>;
  readonly patternProperties?: Readonly<Record<string, OfficialSchema>>;
  readonly items?: OfficialSchema;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly type?: string | readonly string[];
  readonly definitions?: Readonly<Record<string, OfficialSchema>>;
}

const official = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../test/schemas/compose-spec.json'), 'utf8'),
) as OfficialSchema & { $schema?: string };
delete official.$schema;
const accepts = new Ajv({ strict: false, unicodeRegExp: false }).compile(official);

function problemsOf(value: JsonValue) {
  const file = writtenFile('compose.yaml', JSON.stringify(value));
  const [document] = parseYaml(file.text);
  if (!document?.root) throw new Error('no document');
  const observer = { lookup: () => undefined, unset: unexpected, invalid: unexpected, tooDeep: unexpected };
  return validate(composeNode(document.root, { file, document: 0, base: '.' }, observer), { complete: true });
}

function unexpected() {
  throw new Error('nothing of this kind is in the text');
}

/** A place that the official schema speaks of, and the smallest document around it. */
interface SchemaPlace {
  readonly path: string;
  readonly schema: OfficialSchema;
  readonly document: (value: JsonValue) => JsonValue;
}

function resolve({ $ref, ...schema }: OfficialSchema): OfficialSchema {
  return $ref === undefined ? schema : (official.definitions?.[$ref.replace('#/definitions/', '')] ?? schema);
}

function valid(schema: OfficialSchema): JsonValue {
  const { type, enum: values, oneOf } = resolve(schema);
  if (values) return values[0] ?? '';
  if (oneOf) return valid(oneOf[0] ?? schema);
  const [first] = [type].flat();
  const samples: Readonly<Record<string, JsonValue>> = {
    string: 'a',
    integer: 1,
    number: 1,
    boolean: true,
    array: [],
    object: {},
  };
  return samples[first ?? ''] ?? null;
}

function requiredIn({ required = [], properties = {} }: OfficialSchema): Record<string, JsonValue> {
  return Object.fromEntries(required.map((key) => [key, valid(properties[key] ?? {})]));
}

/** Every place of the official schema, breadth first. */
function places(): SchemaPlace[] {
  const found: SchemaPlace[] = [{ path: '', schema: official, document: (value) => value }];
  const seen = new Set<OfficialSchema>();
  for (const { path, schema, document } of found) {
    const resolved = resolve(schema);
    for (const form of resolved.oneOf ? resolved.oneOf.map(resolve) : [resolved]) {
      // A definition that is used twice is walked once below each use that differs in its path's end only.
      if (seen.has(form) && form.properties) continue;
      seen.add(form);
      const required = requiredIn(form);
      for (const [key, inner] of Object.entries(form.properties ?? {})) {
        // Ours is lenient on purpose: Compose ignores it.
        if (path === '' && key === 'version') continue;
        found.push({
          path: `${path}.${key}`,
          schema: inner,
          document: (value) => document({ ...required, [key]: value }),
        });
      }
      for (const [pattern, inner] of Object.entries(form.patternProperties ?? {})) {
        if (pattern === '^x-') continue;
        found.push({ path: `${path}.*`, schema: inner, document: (value) => document({ ...required, name: value }) });
      }
      if (form.items) {
        const { items } = form;
        found.push({ path: `${path}[]`, schema: items, document: (value) => document([value]) });
      }
    }
  }
  return found;
}

const samples: readonly JsonValue[] = ['a', 7, 1.5, true, null, [], {}, ['a'], [7], { name: 'a' }, [{}]];
const all = places();

test('the official schema has many places', () => {
  expect(all.length).toBeGreaterThan(300);
});

/** Texts that must match a pattern there, of which our table says nothing. */
const patterned = new Set(['.services.*.container_name', '.services.*.pull_policy']);

test('every place takes the types and values that the official schema takes', () => {
  const differences = all.flatMap(({ path, schema, document }) =>
    [...samples, ...(resolve(schema).enum ?? [])]
      .filter((sample) => !(patterned.has(path) && typeof sample === 'string'))
      .map(document)
      .filter((whole) => accepts(whole) !== (problemsOf(whole).length === 0))
      .map((whole) => JSON.stringify(whole)),
  );
  expect(differences).toEqual([]);
});

test('no place knows another key than the official schema', () => {
  const closed = all.filter(
    ({ schema }) => resolve(schema).additionalProperties === false && resolve(schema).properties,
  );
  expect(closed.length).toBeGreaterThan(20);
  const lenient = closed.filter(({ document, schema }) => {
    const whole = document({ ...requiredIn(resolve(schema)), unheardOf: 'a' });
    const [problem, ...others] = problemsOf(whole);
    return problem?.kind !== 'notice' || others.length > 0 || !problem.reason.en.includes('"unheardOf"');
  });
  expect(lenient.map(({ path }) => path)).toEqual([]);
});
