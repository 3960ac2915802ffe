import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { jvmOrdering } from './jvm.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('the traps', () => {
  const lines = [
    '1.8.0_131 = 8.0.131',
    '1.8.0_131 = 8u131',
    'jdk8u302-b08 = 1.8.0_302',
    '1.8 = 8',
    '1.8.0_9 < 1.8.0_10',
    '1.8.0_432 < 11.0.1',
    '1.4.2_19-b04 < 1.5.0',
    '9 < 9.0.1',
    '17.0.2 = 17.0.2.0',
    '17.0.9 < 17.0.10',
    'jdk-11.0.2+9 = 11.0.2',
    // Builds, and what follows one.
    '17.0.9+9 = 17.0.9+11',
    '17.0.9+9-LTS = 17.0.9',
    '11.0.21+9-post-Ubuntu-0ubuntu122.04 = 11.0.21',
    '1.8.0_392-8u392-ga-1~22.04-b08 = 1.8.0_392',
    '1.8.0_131-b11 = 1.8.0_131-b12',
    // Before the release.
    '22-ea < 22',
    '22-ea+5 = 22-ea+6',
    '22-EA = 22-ea',
    '21.0.9 < 22-ea',
    '1.8.0_13-ea-b002 < 1.8.0_13',
    '1.8.0-update131-b02 = 8u131',
    '1.99999999999999999998 < 1.99999999999999999999',
  ];
  expect(asOrdered(jvmOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['java', 'jdk', '1.8.', '_131', '17~ea', 'u131', '17.x'];
  expect(versionsAmong(jvmOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(
    totalOrder(jvmOrdering, anyVersion('1.8 8 8u13 1.8.0_13 9 9.0.0', '.0 .1 0 1 _13 -ea -ea1 -b11 - +9 -internal')),
  );
});
