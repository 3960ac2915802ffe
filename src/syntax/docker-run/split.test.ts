import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { commaFields, isOpen, nameAndValue, splitAround } from './split.ts';

test.each([
  ['a:b:c', ['a', 'b', 'c']],
  ['', ['']],
  [':', ['', '']],
  ['${A:-b}:c', ['${A:-b}', 'c']],
  ['${A:-${B:-c}}:d', ['${A:-${B:-c}}', 'd']],
  ['$(f a:b):c', ['$(f a:b)', 'c']],
  ['$(f $(g a:b)):c', ['$(f $(g a:b))', 'c']],
  ['`f a:b`:c', ['`f a:b`', 'c']],
  ['{{ a:b }}:c', ['{{ a:b }}', 'c']],
  ['${A:b', ['${A', 'b']],
])('%s at colons', (text, parts) => {
  expect(splitAround(text, ':')).toEqual(parts);
});

test.each([
  ['a,b', ['a', 'b']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a""b",c', ['a"b', 'c']],
  ['a,,b', ['a', '', 'b']],
  ['${A:-b,c},d', ['${A:-b,c}', 'd']],
])('%s at commas', (text, fields) => {
  expect(commaFields(text)).toEqual(fields);
});

test('a value may have an equals sign, and may be absent', () => {
  expect(nameAndValue('a=b=c')).toEqual(['a', 'b=c']);
  expect(nameAndValue('a=')).toEqual(['a', '']);
  expect(nameAndValue('a')).toEqual(['a', undefined]);
});

test.each(['$A', '${A}', '`a`', '{{ a }}', '<a>', '<%= a %>'])('%s is open', (text) => {
  expect(isOpen(text)).toBe(true);
  expect(isOpen('a{b}< >%d')).toBe(false);
});

test('parts make the text again', () => {
  assert(
    property(string({ unit: constantFrom('a', ':', '$', '{', '}', '(', ')', '`') }), (text) => {
      expect(splitAround(text, ':').join(':')).toBe(text);
    }),
  );
});
