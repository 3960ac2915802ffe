import { expect, test } from 'vitest';
import { listChanges, scalarText } from './list-change.ts';

test('entries that stay are not touched', () => {
  expect(listChanges(['a'], ['x', 'y', 'z'], (each) => each === 'y', ['new', 'newer'])).toEqual([
    { path: ['a', 3], value: 'new' },
    { path: ['a', 4], value: 'newer' },
    { path: ['a', 0] },
    { path: ['a', 2] },
  ]);
});

test.each([
  [1, '1'],
  [true, 'true'],
  ['a', 'a'],
  [null, ''],
  [['a'], ''],
  [{ a: 1 }, ''],
])('%j as text', (value, expected) => {
  expect(scalarText(value)).toBe(expected);
});
