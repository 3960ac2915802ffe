import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { apkOrdering } from './apk.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('the traps', () => {
  const lines = [
    '1.0_alpha < 1.0_beta',
    '1.0_beta < 1.0_pre',
    '1.0_pre < 1.0_rc',
    '1.0_rc < 1.0',
    '1.0 < 1.0_cvs',
    '1.0_cvs < 1.0_svn',
    '1.0_svn < 1.0_git',
    '1.0_git < 1.0_hg',
    '1.0_hg < 1.0_p',
    '1.0_p < 1.0_p0',
    '1.0_p9 < 1.0_p10',
    '1.0_alpha_pre2 < 1.0_alpha',
    '1.0_rc1-r9 < 1.0-r0',
    '1.0_git20200101-r9 < 1.0_git20210101-r0',
    '1.0 < 1.0-r0',
    '1.0-r9 < 1.0-r10',
    '1.0-r1 = 1.0-r01',
    '1.0-r9 < 1.0~abc',
    '1.0~1234 < 1.0~2345',
    '1.0~1234 < 1.0~1234-r0',
    '1.0~ab < 1.0_p1',
    '1.0_p1 < 1.0a',
    '1.0.2k-r9 < 1.0.2l-r0',
    '1.0a < 1.0.1',
    '1.9 < 1.10',
    '1.0 < 1.0.0',
    // After the first number, one that starts with a zero is compared as text.
    '1.10 > 1.09',
    '1.1 > 1.02',
    '8.2.0015 < 8.2.002',
    '1.0 < 1.00',
    '01.1 = 1.1',
    '1.99999999999999999998 < 1.99999999999999999999',
  ];
  expect(asOrdered(apkOrdering, lines)).toStrictEqual(lines);
});

test('what is invalid is before the end', () => {
  const lines = [
    '1.0-20-r0 < 1.0',
    '1.0-20-r0 = 1.0-19-r0',
    '1.0_rc1 < 1.0_blah',
    '1.0_blah < 1.0',
    '1.0_prefix = 1.0_blah',
    '1.0A < 1.0',
    '1.0bc < 1.0b',
    '2021-03-27-r5 < 2021',
    // All that follows counts where only a number is missing.
    '0.12.5.-r0 < 0.12.5.-r1',
    '0.12.5.-r1 < 0.12.5',
    '0.8.21.r2 > 0.8.21.r1',
    'a < 0',
    // Versions of sudo and of OpenSSH in advisories.
    '1.9.5p1-r1 < 1.9.5p2-r0',
    '1.9.5-r9 < 1.9.5p2-r0',
    '1.9.5p2-r0 < 1.9.6-r0',
    '1.9.5p2-r0 < 1.9.5p2-r1',
    '1.9.5_p2-r0 < 1.9.5p2-r0',
    // `-r` alone is `-r0`, and `-ruff` is no revision.
    '1.0-r = 1.0-r0',
    '1.0-ruff < 1.0',
  ];
  expect(asOrdered(apkOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['1 0', '1.0é'];
  expect(versionsAmong(apkOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(
    totalOrder(
      apkOrdering,
      anyVersion('1 1.0 01 1.0_p 1.1a', '0 1 2 10 01 00 . a b _alpha _rc _p _git ~ ~a1 -r -r1 - A _x'),
    ),
  );
});
