import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldChange } from '../../model/remedy.ts';
import { editJsonOnce, isJson } from './json-edit.ts';

test.each([
  ['{"a": 1}', true],
  [' \n[1]', true],
  ['{a: 1}', false],
  ['a: 1', false],
  ['{"a": 1} # x', false],
  ['"a"', false],
])('%j is JSON: %s', (text, expected) => {
  expect(isJson(text)).toBe(expected);
});

const spaced = '{\n    "a": {\n        "b": [1, 2]\n    },\n    "c": true\n}\n';

describe('the layout stays', () => {
  test.each<[string, string, FieldChange, string]>([
    ['a value', spaced, { path: ['c'], value: false }, spaced.replace('true', 'false')],
    [
      'a key',
      spaced,
      { path: ['a', 'd'], value: { e: 'x' } },
      spaced.replace('[1, 2]\n', '[1, 2],\n        "d": {\n            "e": "x"\n        }\n'),
    ],
    ['an entry goes', spaced, { path: ['a', 'b', 0] }, spaced.replace('[1, 2]', '[2]')],
    ['a key goes', spaced, { path: ['c'] }, spaced.replace(',\n    "c": true', '')],
    ['an object goes with its last key', spaced, { path: ['a', 'b'] }, '{\n    "c": true\n}\n'],
    ['what is not there need not go', spaced, { path: ['a', 'x', 'y'] }, spaced],
    ['in one line', '{"a":[{"b":1}]}', { path: ['a', 0, 'c'], value: [1] }, '{"a":[{"b":1,"c":[1]}]}'],
    ['an entry of a list keeps its number', '{"a":[{"b":1}]}', { path: ['a', 0, 'b'] }, '{"a":[{}]}'],
    [
      'with tabs and carriage returns',
      '{\r\n\t"a": 1\r\n}',
      { path: ['b'], value: 2 },
      '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}',
    ],
  ])('%s', (_, text, change, expected) => {
    expect(editJsonOnce(text, change)).toBe(expected);
  });
});

test('after any change the value is there', () => {
  const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.string());
  const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 2 }), fc.dictionary(fc.constantFrom('a', 'b'), leaf));
  const indent = fc.constantFrom(undefined, 2, 4, '\t');
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), value), value, indent, (before, next, width) => {
      const edited = editJsonOnce(JSON.stringify(before, null, width), { path: ['b'], value: next });
      expect(JSON.parse(edited)).toEqual({ ...before, b: next });
    }),
  );
});
