import { spawnSync } from 'node:child_process';

import { assert, sample, tuple } from 'fast-check';
import { expect, test } from 'vitest';

import { dpkgOrdering } from './dpkg.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';
import { compareVersions } from './ordering.ts';

const starts = '1 1.0 1.0-1 0:1 1:1.0 01:1';
const pieces = '0 1 2 10 01 . - ~ ~~ + a Z rc +b1 _ : 99999999999999999999';

test('the traps', () => {
  const lines = [
    '1.0~~ < 1.0~~a',
    '1.0~~a < 1.0~',
    '1.0~ < 1.0',
    '1.0 < 1.0a',
    // Letters are before everything else.
    '1.0a < 1.0+',
    '1.0Z < 1.0a',
    '1.0+ > 1.0-1',
    '1.9 < 1.10',
    '1.09 < 1.10',
    '1.0 = 1.00',
    // The end is a number too, and it is 0.
    '1.a = 1.a0',
    '1.0 = 1.0-0',
    '1.0 = 0:1.0',
    '1.0 < 1.0-0.1',
    '1.0-1 < 1.0-1+b1',
    '1.0-1~bpo11+1 < 1.0-1',
    '1:1.0 > 2.0',
    '01:1.0 = 1:1.0',
    // Only the last dash starts the revision, and only the first colon ends the epoch.
    '1.0-rc1-1 > 1.0-1',
    '1:1:2-1 > 1:1-9',
    '2.31-13+deb11u10 > 2.31-13+deb11u9',
    '1.99999999999999999998 < 1.99999999999999999999',
    '1_1 > 1.1',
  ];
  expect(asOrdered(dpkgOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['1.0-', '-1', ':1.0', '1:', 'a:1.0', '2147483648:1.0', '1 0'];
  expect(versionsAmong(dpkgOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(dpkgOrdering, anyVersion(starts, pieces)));
});

const absent = spawnSync('dpkg', ['--version']).status !== 0;

test.skipIf(absent)(`the same as dpkg${absent ? ' (skipped: there is none)' : ''}`, () => {
  const version = anyVersion(starts, pieces);
  const pairs = sample(tuple(version, version), 100);
  const script = `while read -r left right; do
    if dpkg --compare-versions "$left" lt "$right"; then echo '-1'
    elif dpkg --compare-versions "$left" eq "$right"; then echo 0
    elif dpkg --compare-versions "$left" gt "$right"; then echo 1
    else echo undefined; fi
  done`;
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('');
  const theirs = spawnSync('sh', ['-c', script], { input, encoding: 'utf8' }).stdout.split('\n');
  const ours = pairs.map(([left, right]) => {
    const order = compareVersions(dpkgOrdering, left, right);
    return { left, right, order: order === undefined ? 'undefined' : `${Math.sign(order)}` };
  });
  expect(ours).toStrictEqual(pairs.map(([left, right], index) => ({ left, right, order: theirs[index] })));
});
