import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { mavenOrdering } from './maven.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('what says nothing at the end, and before a hyphen, counts for nothing', () => {
  const lines = [
    '1 = 1.0.0',
    '1 = 1.0-ga',
    '5.2.25.RELEASE = 5.2.25',
    '4.0.0.Final = 4.0',
    '1.0-1 = 1-1',
    '1.0-sp1 = 1-sp-1',
    '1-foo.0.0 = 1.0.0-foo',
    '1.00000000000000000 = 1',
    '0.0.0-ga = 0',
    // But a zero that a number follows.
    '1.0.1 < 1.1',
    '1.0.1 < 1.0.1.0.1',
  ];
  expect(asOrdered(mavenOrdering, lines)).toStrictEqual(lines);
});

test('qualifiers: those with a meaning in their order, the release, the others by their text, then numbers', () => {
  const lines = [
    '1-alpha < 1-beta',
    '1-beta < 1-milestone',
    '1-milestone < 1-rc',
    '1-rc = 1-CR',
    '1-rc < 1-SNAPSHOT',
    '1-SNAPSHOT < 1',
    '1 < 1-sp',
    '1-sp < 1-abc',
    '1-abc < 1-xyz',
    '1-xyz < 1-1',
    '1-1 < 1.1',
    // Letters stand for words right before a digit.
    '1-a1 = 1-alpha-1',
    '1-b2 < 1-m1',
    '1 < 1-a',
    '1-rc9 < 1-rc10',
    '1-rc1-SNAPSHOT < 1-rc1',
    '1.constructor < 1.x',
  ];
  expect(asOrdered(mavenOrdering, lines)).toStrictEqual(lines);
});

test('as they are in use', () => {
  const lines = [
    '31.1-jre < 32.0-android',
    '32.0-android < 32.0-jre',
    '9.4.48.v20220622 < 9.4.49.v20220914',
    '9.4.48.RC0 < 9.4.48.v20220622',
    '2.0.0.M1 < 2.0.0.RC1',
    '2.0.0.RC1 < 2.0.0.RELEASE',
    '5.0.0.Beta9 < 5.0.0.Beta10',
    '4.1.100.Final < 4.1.100.Final-redhat-00001',
    '4.1.100.Final-redhat-00001 < 4.1.101.Final',
    '2.414.2 < 2.414.2-cb-5',
    '1.8.0_282 < 1.8.0_292',
    '20030203.000129 < 20040616',
    '2.9007199254740992 < 2.9007199254740993',
  ];
  expect(asOrdered(mavenOrdering, lines)).toStrictEqual(lines);
});

test('the circle of the padding is cut: zeros before a prerelease are none', () => {
  const lines = [
    '1.0.0.rc1 < 1',
    '1 < 1-1',
    '1.0.0.rc1 < 1-1',
    '1.0.0.rc1 = 1-rc1',
    // What is after the release may keep them.
    '2-1 < 2.0.foo',
    '2.0.foo < 2.0.0.foo',
  ];
  expect(asOrdered(mavenOrdering, lines)).toStrictEqual(lines);
});

test('a zero between hyphens is the last thing that counts', () => {
  const lines = ['1--1 = 1-0-1', '1-0-1 < 1-1', '1-0-2 > 1-1', '1-ga-1 = 1-1'];
  expect(asOrdered(mavenOrdering, lines)).toStrictEqual(lines);
});

test('nothing between two separators is a 0', () => {
  const lines = ['1..1 = 1.0.1', '-1 = 0-1', '1. = 1', '. = 0', '- = 0'];
  expect(asOrdered(mavenOrdering, lines)).toStrictEqual(lines);
});

test('a text with space or control characters within is none', () => {
  const texts = ['1.0 beta', '1.0\u00E9', '(,1.0 ]', '${project. version}'];
  expect(versionsAmong(mavenOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(
    totalOrder(
      mavenOrdering,
      anyVersion(
        '0 1 1.0 1.2 x',
        '1 0 . - .0 -0 .1 -1 alpha b m RC .SNAPSHOT -ga .Final sp .foo -foo _x .99999999999999999999',
      ),
    ),
  );
});
