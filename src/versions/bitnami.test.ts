import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { bitnamiOrdering } from './bitnami.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('the number of the build counts for nothing', () => {
  const lines = [
    '2.3.1-1 = 2.3.1',
    '2.3.1-1 = 2.3.1-2',
    '2.3.1-9 < 2.3.2-0',
    '1.22.0-0 = 1.22.0',
    // These are prereleases.
    '2.6.0-rc2 < 2.6.0-1',
    '2.6.0-rc1 < 2.6.0-rc2',
    '3.6.5-8-g210218 < 3.6.5',
    '1.0.0-1.2 < 1.0.0',
    '0.0.0-20250806193153-183891f8d535 < 0.0.0-20250807113757-8340a6918f6c',
    '1.0.0+1 = 1.0.0',
  ];
  expect(asOrdered(bitnamiOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['nightly.2026-03-10.0', 'latest', '1.0.0-'];
  expect(versionsAmong(bitnamiOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(bitnamiOrdering, anyVersion('1 1.0.0 1.1 v1.0', '0 1 10 . .0 - -1 -rc -rc.1 + +a a')));
});
