import { spawnSync } from 'node:child_process';

import { assert, sample, tuple } from 'fast-check';
import { expect, test } from 'vitest';

import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';
import { compareVersions } from './ordering.ts';
import { rubygemsOrdering } from './rubygems.ts';

const texts = anyVersion('0 1 1.0 1.2', '0 1 10 00 a B rc1 .0 .1 .a .pre -1 -a .99999999999999999999');

test('zeros at the end of the numbers count for nothing', () => {
  const lines = [
    '1 = 1.0.0',
    '1.0.1 < 1.1',
    '1.9 < 1.10',
    '1.01 = 1.1',
    '1.a = 1.0.0.a',
    '1.a.0 = 1.a',
    '1.00000000000000000.a = 1.a',
    '1.9007199254740992 < 1.9007199254740993',
  ];
  expect(asOrdered(rubygemsOrdering, lines)).toStrictEqual(lines);
});

test('a letter makes a prerelease', () => {
  const lines = [
    '1.0.0.rc1 < 1.0.0',
    '1.0.0.beta.9 < 1.0.0.beta.10',
    '1.0.0.beta9 < 1.0.0.beta10',
    '1.0.0.beta9 = 1.0.0.beta.9',
    '1.0.0.alpha < 1.0.0.beta',
    // By their code.
    '1.0.B < 1.0.a',
    '1.0.a.b < 1.0.a',
    '1beta < 1',
  ];
  expect(asOrdered(rubygemsOrdering, lines)).toStrictEqual(lines);
});

test('a hyphen makes one too', () => {
  const lines = ['1.0.0-1 < 1.0.0', '1.0.0-rc1 = 1.0.0.pre.rc1', '0.9.9-r0 < 0.9.9'];
  expect(asOrdered(rubygemsOrdering, lines)).toStrictEqual(lines);
});

test('the platform is no part of the version', () => {
  const lines = [
    '1.13.4-x86_64-linux = 1.13.4',
    '1.13.4-x86-mingw32 = 1.13.4',
    '1.13.4-aarch64-linux-musl = 1.13.4-arm64-darwin',
    '1.13.4-java = 1.13.4',
    '1.13.4-universal-darwin-9 < 1.13.5',
    '1.13.4.rc1-x64-mingw-ucrt = 1.13.4.rc1',
    '1.13.4-rc1-java < 1.13.4',
  ];
  expect(asOrdered(rubygemsOrdering, lines)).toStrictEqual(lines);
});

test('nothing else', () => {
  const others = ['.1', '1.', '1..2', '1.0+1', 'v1.0', 'a1', '1.0_1', '1.0-', '~> 1.0', '-java'];
  expect(versionsAmong(rubygemsOrdering, others)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(rubygemsOrdering, texts));
});

const absent = spawnSync('ruby', ['-e', 'Gem::Version']).status !== 0;

test.skipIf(absent)(`the same as Gem::Version${absent ? ' (skipped: no Ruby)' : ''}`, () => {
  const version = texts.filter((text) => /^\d+(?:[.-]\w+)*$/.test(text));
  const pairs = sample(tuple(version, version), 2000);
  const program =
    'STDIN.each_line { |line| left, right = line.split; puts Gem::Version.new(left) <=> Gem::Version.new(right) }';
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('');
  const theirs = spawnSync('ruby', ['-e', program], { input, encoding: 'utf8' }).stdout.split('\n');
  const ours = pairs.map(([left, right]) => ({
    left,
    right,
    order: `${Math.sign(compareVersions(rubygemsOrdering, left, right) ?? Number.NaN)}`,
  }));
  expect(ours).toStrictEqual(pairs.map(([left, right], index) => ({ left, right, order: theirs[index] })));
});
