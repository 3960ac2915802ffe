import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { cranOrdering } from './cran.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('numbers between dots or hyphens, and the longer one is newer', () => {
  const lines = [
    '0.1.0 < 0.1.0.0',
    '1.0-1 = 1.0.1',
    '1.0-9 < 1.0-10',
    // Numbers, not fractions.
    '0.9 < 0.75',
    '0.01 = 0.1',
    '1.9007199254740992 < 1.9007199254740993',
  ];
  expect(asOrdered(cranOrdering, lines)).toStrictEqual(lines);
});

test('nothing else', () => {
  const texts = ['1.', '-1', '1.-2', '1.0a', 'v1.0', '1_0'];
  expect(versionsAmong(cranOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(cranOrdering, anyVersion('0 1 1.0 01', '.0 -1 .01 .10 1 .99999999999999999999')));
});
