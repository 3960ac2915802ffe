import { spawnSync } from 'node:child_process';

import { assert, sample, tuple } from 'fast-check';
import { expect, test } from 'vitest';

import { compareVersions } from './ordering.ts';
import { rpmOrdering } from './rpm.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

const starts = '1 1.0 1.0-1 0:1 1:1.0 01:1';
const pieces = '0 1 2 10 01 . - ~ ^ _ + a Z rc el8 : 99999999999999999999';

test('the traps', () => {
  const lines = [
    '1.0~rc1 < 1.0',
    '1.0~~ < 1.0~',
    '1.0 < 1.0^',
    '1.0^ < 1.0^git1',
    '1.0^git1~pre < 1.0^git1',
    '1.0^git1 < 1.0.1',
    '1.0^git1 < 1.0a',
    // The release is compared only where the versions are the same.
    '1.0^git1-1 > 1.0-9',
    '1.0~rc1-9 < 1.0-1',
    '1.0a < 1.0.1',
    // Numbers are newer than letters.
    '1.a < 1.1',
    'Z < a',
    '1.0 = 1.00',
    '1.0 = 1_0',
    '1.0 = 1..0.',
    '1.0 < 1.0.0',
    '1a1 = 1.a.1',
    '0:1.0-1 = 1.0-1',
    ':1.0-1 = 1.0-1',
    '01:1.0 = 1:1.0',
    '1:1.0-1 > 2.0-1',
    // No number before the colon: it is a part of the version.
    'a:1 < 1',
    '1.0 < 1.0-1',
    '1.0- < 1.0-1',
    '4.18.0-80.el8 < 4.18.0-80.1.2.el8_0',
    '1.99999999999999999998-1 < 1.99999999999999999999-1',
  ];
  expect(asOrdered(rpmOrdering, lines)).toStrictEqual(lines);
});

test('no versions', () => {
  const texts = ['1:', '-1', '1:-1', '1 0'];
  expect(versionsAmong(rpmOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(rpmOrdering, anyVersion(starts, pieces)));
});

/** It compares whole versions since 4.17. */
const probe = spawnSync('rpm', ['--eval', '%{lua: print(rpm.ver("1") < rpm.ver("2"))}'], { encoding: 'utf8' });
const absent = probe.status !== 0 || probe.stdout.trim() !== 'true';

test.skipIf(absent)(`the same as rpm${absent ? ' (skipped: there is none)' : ''}`, () => {
  const version = anyVersion(starts, pieces).filter((text) => rpmOrdering.parse(text) !== undefined);
  const pairs = sample(tuple(version, version), 1000);
  const script = `local function order(left, right)
    left, right = rpm.ver(left), rpm.ver(right)
    print((left < right and '-1' or left == right and '0' or '1') .. '\\n')
  end
  ${pairs.map(([left, right]) => `order('${left}', '${right}')`).join('\n')}`;
  const { stdout } = spawnSync('rpm', ['--eval', `%{lua:${script}}`], { encoding: 'utf8' });
  const theirs = stdout.split(/\n+/);
  const ours = pairs.map(([left, right]) => {
    const order = compareVersions(rpmOrdering, left, right);
    return { left, right, order: `${Math.sign(order ?? Number.NaN)}` };
  });
  expect(ours).toStrictEqual(pairs.map(([left, right], index) => ({ left, right, order: theirs[index] })));
});
