import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { pubOrdering } from './pub.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('the build counts', () => {
  const lines = [
    '1.0.0-a < 1.0.0-a+1',
    '1.0.0-a+1 < 1.0.0-a.0',
    '1.0.0-a+9 < 1.0.0',
    '1.0.0 < 1.0.0+1',
    '1.0.0+9 < 1.0.0+10',
    '1.0.0+10 < 1.0.0+a',
    '1.0.0+1 < 1.0.0+1.0',
    '1.0.0+9 < 1.0.1',
    '1.0.0+9 < 1.0.1-a',
    '1.0.0+1 = 1.0+01',
    '1.0.0+hotfix.oopsie = 1.0.0+hotfix.oopsie',
  ];
  expect(asOrdered(pubOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['any', '^1.0.0', '1.0.0-', '1.0.0+'];
  expect(versionsAmong(pubOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(pubOrdering, anyVersion('1 1.0.0 1.0.0-a 1.0.0+a', '0 1 10 .0 .1 .a - -a + +1 a Z')));
});
