import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const fruits = ['apple', 'banana', 'cherry', 'red-currant'];

test.each([
  ['aple', 'apple'],
  ['APPLE', 'apple'],
  ['bananas', 'banana'],
  ['currant', 'red-currant'],
  ['zzz', undefined],
  ['durian', undefined],
])('%s → %s', (word, expected) => {
  expect(nearest(word, fruits)).toBe(expected);
});

test('of several the one with the fewest edits is nearest', () => {
  expect(nearest('tabel', ['label', 'table'])).toBe('label');
  expect(nearest('default', ['strict', 'default'])).toBe('default');
});

test('a short word is not looked for within longer ones', () => {
  expect(nearest('red', ['a-long-red-thing'])).toBeUndefined();
});

test('among none there is none', () => {
  expect(nearest('apple', [])).toBeUndefined();
});
