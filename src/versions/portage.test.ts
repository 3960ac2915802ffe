import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { portageOrdering } from './portage.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('the traps', () => {
  const lines = [
    '1.0_alpha < 1.0_beta',
    '1.0_beta < 1.0_pre',
    '1.0_pre < 1.0_rc',
    '1.0_rc < 1.0',
    '1.0 < 1.0_p',
    '1.0_p = 1.0_p0',
    '1.0_p9 < 1.0_p10',
    '1.0_rc1_p1 > 1.0_rc1',
    '1.0_rc1_alpha < 1.0_rc1',
    '1.0_p1_rc1 < 1.0_p1',
    '1.0_rc1-r9 < 1.0',
    '1.0 = 1.0-r0',
    '1.0-r9 < 1.0-r10',
    '1.0-r9 < 1.0_p1',
    '1.0_p1 < 1.0a',
    '1.0a_alpha < 1.0a',
    '1.0a < 1.0b',
    '12.2b < 12.2.5',
    '1.9 < 1.10',
    '1.0 < 1.0.0',
    // After the first number, one that starts with a zero is a fraction.
    '1.1 > 1.02',
    '1.010 = 1.01',
    '1.009 < 1.01',
    '1.0 = 1.00',
    '1.10 > 1.1',
    '01.1 = 1.1',
    '1.99999999999999999998 < 1.99999999999999999999',
  ];
  expect(asOrdered(portageOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['a', '1.', '.1', '1.0ab', '1.0A', '1.0_x', '1.0_P', '1.0-1', '1.0-r', '1.0-r1-r2', '1:1.0'];
  expect(versionsAmong(portageOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(
    totalOrder(portageOrdering, anyVersion('1 1.0 1.1 01', '0 1 2 10 .1 .0 .01 .010 a b _alpha _rc _p _p1 -r1 -r0')),
  );
});
