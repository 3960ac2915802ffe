import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { semverOrdering } from './semver.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('the traps', () => {
  const lines = [
    '1.0.0-0 < 1.0.0-1',
    '1.0.0-9 < 1.0.0-10',
    // Numbers are before texts, whatever they start with.
    '1.0.0-10 < 1.0.0-9a',
    '1.0.0-9 < 1.0.0--',
    '1.0.0-alpha < 1.0.0-alpha.0',
    '1.0.0-alpha.0 < 1.0.0-alpha.a',
    '1.0.0-rc10 < 1.0.0-rc9',
    '1.0.0-Z < 1.0.0-a',
    '1.0.0-rc.1 < 1.0.0',
    '0.0.0-0 < 0.0.0',
    '1.0.0 = 1.0.0+build',
    '1.0.0-a+b = 1.0.0-a',
    // This dash belongs to the build.
    '1.0.0+a-b = 1.0.0',
    '1.9.0 < 1.10.0',
    '1.99999999999999999998.0 < 1.99999999999999999999.0',
  ];
  expect(asOrdered(semverOrdering, lines)).toStrictEqual(lines);
});

test('what no registry would take, but advisories name', () => {
  const lines = [
    'v1.2.3 = 1.2.3',
    '=V1.2.3 = 1.2.3',
    '1 = 1.0.0',
    '1.0 = 1.0.0',
    '1.2 < 1.2.1',
    '0.9.7 < 0.9.7.1',
    '0.9.7.1 < 0.9.8',
    '1.0.0 = 1.0.0.0',
    '01.02.03 = 1.2.3',
    '1.0.0-01 = 1.0.0-1',
    '1.0.0.beta.3 = 1.0.0-beta.3',
    '1.9.0b1 < 1.9.0',
    '3.0.RC3 = 3.0.0-RC3',
    '1-beta < 1.0.0',
    '1.0.0-xyz < 1.0.0',
  ];
  expect(asOrdered(semverOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  // A commit, ranges, and prereleases with a part that is empty.
  const texts = [
    '64e00e7',
    '1.x',
    '1.2.X',
    '*',
    '^1.0.0',
    '>=1.0.0',
    '1.0.0-',
    '1.0.0-a..b',
    '1..0',
    '1.0.',
    'a',
    'latest',
    '1.0.0_1',
  ];
  expect(versionsAmong(semverOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(
    totalOrder(
      semverOrdering,
      anyVersion('1 1.0.0 v1.0 1.0.0-a', '0 1 2 10 .0 .1 .a - -rc -1 + a Z 99999999999999999999'),
    ),
  );
});
