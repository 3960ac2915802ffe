import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { hackageOrdering } from './hackage.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('numbers, and the longer one is newer', () => {
  const lines = [
    '0 < 0.0',
    '1.0 < 1.0.0',
    '1.0.0 < 1.0.1',
    '1.9 < 1.10',
    '1.2.3 = 1.2.3',
    // Of an advisory written by hand.
    '1.02 = 1.2',
    // Beyond what a double holds.
    '1.9007199254740992 < 1.9007199254740993',
  ];
  expect(asOrdered(hackageOrdering, lines)).toStrictEqual(lines);
});

test('nothing else', () => {
  const texts = ['1.', '.1', '1..2', '1.0-foo', '1.0a', 'v1.0', '1,0'];
  expect(versionsAmong(hackageOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(hackageOrdering, anyVersion('0 1 1.0 01', '.0 .1 .01 .10 1 .99999999999999999999')));
});
