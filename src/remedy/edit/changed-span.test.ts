import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../model/source-text.ts';
import { apart, changedSpan } from './changed-span.ts';

test('one edit turns a text into another', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(applyEdits(before, [changedSpan(before, after)])).toBe(after);
    }),
  );
});

test('it is no longer than what changes', () => {
  expect(changedSpan('one two three', 'one 2 three')).toEqual({ start: 4, end: 7, text: '2' });
  expect(changedSpan('ab', 'aab')).toMatchObject({ text: 'a' });
});

test('edits that touch each other are not made at once', () => {
  expect(apart([at(5, 9), at(0, 2), at(2, 4), at(9, 9), at(10, 11)])).toEqual([at(0, 2), at(5, 9), at(10, 11)]);
  expect(apart([at(0, 0), at(0, 0)])).toEqual([at(0, 0)]);
});

function at(start: number, end: number) {
  return { edit: { start, end, text: '' } };
}
