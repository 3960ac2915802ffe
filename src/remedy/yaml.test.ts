import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../model/json.ts';
import { invisible } from './invisible.ts';
import { yamlLines } from './yaml.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((each) => each.toWellFormed()),
  fc.string({ unit: fc.constantFrom(...Array.from('\'"\\:#-?&*!|>%@`{}[], \n\t\u001b\u202e中aN0.~=<')) }),
  fc.constantFrom(
    'no',
    'Yes',
    'null',
    '~',
    '1e3',
    '0x1f',
    '0o17',
    '12:30',
    '.nan',
    '<<',
    '---',
    '2026-01-01',
    'a: b',
    'a #b',
  ),
);
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('node'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));
const object = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  node as fc.Arbitrary<JsonObject>,
  { minKeys: 1, maxKeys: 4, noNullPrototype: true },
);

test.each(['1.1', '1.2'] as const)('a reader of YAML %s reads back what was written', (version) => {
  fc.assert(
    fc.property(object, (value) => {
      expect(parse(yamlLines(value).join('\n'), { version, merge: false })).toEqual(value);
    }),
  );
});

test('every line hides nothing', () => {
  fc.assert(
    fc.property(object, (value) => {
      for (const line of yamlLines(value)) expect(line.search(invisible)).toBe(-1);
    }),
  );
});

test('it reads as a person would write it', () => {
  const ports = [{ target: 80, published: '8080' }, { target: 53 }];
  expect(yamlLines({ cap_drop: ['ALL'], restart: 'no', read_only: true, ports, tmpfs: [], gone: undefined })).toEqual([
    'cap_drop:',
    '  - ALL',
    'restart: "no"',
    'read_only: true',
    'ports:',
    '  - target: 80',
    '    published: "8080"',
    '  - target: 53',
    'tmpfs: []',
  ]);
});
