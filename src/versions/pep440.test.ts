import { spawnSync } from 'node:child_process';

import { assert, sample, tuple } from 'fast-check';
import { expect, test } from 'vitest';

import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';
import { compareVersions } from './ordering.ts';
import { pep440Ordering } from './pep440.ts';

const texts = anyVersion('0 1 1.0 1!1 1.2', '0 1 .0 .1 a1 .b rc .post1 -1 .dev0 .dev +a +1 .99999999999999999999');

test('the release: zeros at its end count for nothing, the epoch before all', () => {
  const lines = [
    '1 = 1.0.0',
    '0 = 0.0',
    '1.0.1 < 1.1',
    '1.9 < 1.10',
    '1.01 = 1.1',
    '2024.1 < 1!0.1',
    '0!1.0 = 1.0',
    '1.9007199254740992 < 1.9007199254740993',
    '1.00000000000000000 = 1',
  ];
  expect(asOrdered(pep440Ordering, lines)).toStrictEqual(lines);
});

test('what is before the release, and what after it', () => {
  const lines = [
    '1.0.dev1 < 1.0a1.dev1',
    '1.0a1.dev1 < 1.0a1',
    '1.0a1 < 1.0a1.post1.dev1',
    '1.0a1.post1.dev1 < 1.0a1.post1',
    '1.0a1.post1 < 1.0a2',
    '1.0a2 < 1.0b1',
    '1.0b9 < 1.0b10',
    '1.0b10 < 1.0rc1',
    '1.0rc1 < 1.0',
    '1.0 < 1.0.post1.dev1',
    '1.0.post1.dev1 < 1.0.post1',
    '1.0.post1 < 1.0.1.dev1',
    // A post-release of the release is no prerelease.
    '1.0rc1 < 1.0.post0.dev0',
  ];
  expect(asOrdered(pep440Ordering, lines)).toStrictEqual(lines);
});

test('a local version is above the one without, words below numbers', () => {
  const lines = [
    '1.0 < 1.0+local',
    '1.0+local < 1.0+local.0',
    '1.0+local < 1.0+1',
    '1.0+9 < 1.0+10',
    '1.0+9 < 1.0.post1',
    '1.0+ubuntu-1 = 1.0+ubuntu.1',
    '1.0+UBUNTU_1 = 1.0+ubuntu.01',
  ];
  expect(asOrdered(pep440Ordering, lines)).toStrictEqual(lines);
});

test('other spellings', () => {
  const lines = [
    'v1.0 = 1.0',
    '1.0alpha1 = 1.0a1',
    '1.0-alpha-1 = 1.0a1',
    '1.0_BETA.1 = 1.0b1',
    '1.0c1 = 1.0rc1',
    '1.0pre1 = 1.0rc1',
    '1.0-preview-1 = 1.0rc1',
    '1.0a = 1.0a0',
    '1.0-1 = 1.0.post1',
    '1.0rev1 = 1.0.post1',
    '1.0-r1 = 1.0.post1',
    '1.0.post = 1.0.post0',
    '1.0dev = 1.0.dev0',
  ];
  expect(asOrdered(pep440Ordering, lines)).toStrictEqual(lines);
  expect(compareVersions(pep440Ordering, ' v1.0\t\n', '1.0')).toBe(0);
});

test('what was allowed once is before everything else', () => {
  const lines = [
    // pytz
    '2004d < 2005a0',
    '2004d < 0.dev0',
    '2004d < 2004g',
    '2004d < 2011k',
    '0.1-bulbasaur < 0.1-charmander',
    '1.0.x-dev < 1.0.x-rc',
    '1.0.x-rc < 1.0.x',
    '1.0.0.x = 1.x',
    'constructor < 1.0',
  ];
  expect(asOrdered(pep440Ordering, lines)).toStrictEqual(lines);
});

test('a text with space or control characters within is none', () => {
  const others = ['1.0 beta', '1.0\t1', '1.0\u00A01', '１.0'];
  expect(versionsAmong(pep440Ordering, others)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(pep440Ordering, texts));
});

test('a total order of what was allowed once', () => {
  assert(totalOrder(pep440Ordering, anyVersion('1.x 2004d x 1-', '0 1 . - _ x dev pre final final- .1 z')));
});

const absent = spawnSync('python3', ['-c', 'import packaging.version']).status !== 0;

test.skipIf(absent)(`the same as packaging${absent ? ' (skipped: there is none)' : ''}`, () => {
  // Of what it takes; the rest is ordered by what it was before.
  const version = texts.filter((text) =>
    /^(?:\d!)?\d+(?:\.\d+)*(?:a\d+|\.b\d*|rc\d*)?(?:\.post\d+|-\d+)?(?:\.dev\d*)?(?:\+[a\d]+(?:\.\d+)*)?$/.test(text),
  );
  const pairs = sample(tuple(version, version), 2000);
  const program = [
    'import sys',
    'from packaging.version import Version',
    'for line in sys.stdin:',
    '  left, right = map(Version, line.split())',
    '  print((left > right) - (left < right))',
  ].join('\n');
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('');
  const theirs = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' }).stdout.split('\n');
  const ours = pairs.map(([left, right]) => ({
    left,
    right,
    order: `${Math.sign(compareVersions(pep440Ordering, left, right) ?? Number.NaN)}`,
  }));
  expect(ours).toStrictEqual(pairs.map(([left, right], index) => ({ left, right, order: theirs[index] })));
});
