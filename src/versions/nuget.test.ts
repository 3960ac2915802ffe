import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { nugetOrdering } from './nuget.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('four numbers, any of the last three left out', () => {
  const lines = [
    '1 = 1.0.0.0',
    '1.0 < 1.0.0.1',
    '1.9 < 1.10',
    '1.01 = 1.1',
    '4.3.0 < 4.3.0.1',
    '1.9007199254740992 < 1.9007199254740993',
    '1.00000000000000000 = 1',
  ];
  expect(asOrdered(nugetOrdering, lines)).toStrictEqual(lines);
});

test('labels before the release, their case counts for nothing', () => {
  const lines = [
    '1.0.0-alpha < 1.0.0',
    '1.0.0-alpha < 1.0.0-Beta',
    '1.0.0-BETA = 1.0.0-beta',
    '1.0.0-alpha < 1.0.0-alpha.1',
    '1.0.0-alpha.9 < 1.0.0-alpha.10',
    // A text, as it has a letter.
    '1.0.0-alpha10 < 1.0.0-alpha9',
    '1.0.0-1 < 1.0.0-a',
    '1.0.0.1-alpha < 1.0.0.1',
    '1.0.0 < 1.0.0.1-alpha',
  ];
  expect(asOrdered(nugetOrdering, lines)).toStrictEqual(lines);
});

test('what was built counts for nothing', () => {
  const lines = ['1.0.0+b1 = 1.0.0', '1.0.0-rc+b1 = 1.0.0-rc+b2'];
  expect(asOrdered(nugetOrdering, lines)).toStrictEqual(lines);
});

test('nothing else', () => {
  const texts = ['1.2.3.4.5', '1.', '1..2', '1.0-', '1.0-a..b', 'v1.0', '1.0 beta', '[1.0,2.0)', '1.*'];
  expect(versionsAmong(nugetOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(
    totalOrder(nugetOrdering, anyVersion('0 1 1.0 1.2.3 1.0.0-a', '.0 .1 1 -a -B -1 .a +1 .99999999999999999999')),
  );
});
