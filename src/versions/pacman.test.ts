import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { pacmanOrdering } from './pacman.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('the order in the manual of vercmp', () => {
  const lines = [
    '1.0a < 1.0b',
    '1.0b < 1.0beta',
    '1.0beta < 1.0p',
    '1.0p < 1.0pre',
    '1.0pre < 1.0rc',
    '1.0rc < 1.0',
    '1.0 < 1.0.a',
    '1.0.a < 1.0.1',
    '1 < 1.0',
    '1.0 < 1.1',
    '1.1 < 1.1.1',
    '1.1.1 < 1.2',
    '1.2 < 2.0',
    '2.0 < 3.0.0',
  ];
  expect(asOrdered(pacmanOrdering, lines)).toStrictEqual(lines);
});

test('the traps', () => {
  const lines = [
    '1.001 = 1.1',
    '1.0 = 1_0',
    '1.0-9 < 1.0-10',
    '1:1.0-1 > 2.0-1',
    '0:1.0-1 = 1.0-1',
    '1.0rc-9 < 1.0-1',
    '1.0-9 < 1.0.a-1',
    '1.0 < 1.0-1',
    // Neither `~` nor `^` means more than `.` does.
    '1.0~rc1 > 1.0',
    '1.0^1 = 1.0.1',
    // More characters between two pieces are newer, whatever follows.
    '1..a > 1.1',
    '1a1 > 1a',
    '1a1 < 1a.1',
    '0.115+24+g5230646-1 < 0.115+25+gabcdef0-1',
    // `vercmp` has the first as newer, and then newer than `1.a` and older than `1.1`, but older than `1..a`, which is newer than `1.1`.
    '1. = 1',
    '1.99999999999999999998-1 < 1.99999999999999999999-1',
  ];
  expect(asOrdered(pacmanOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['1:', '-1', '1 0'];
  expect(versionsAmong(pacmanOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(pacmanOrdering, anyVersion('1 1:1 a .', '0 1 10 01 . .. - ~ + _ a Z rc 99999999999999999999')));
});
