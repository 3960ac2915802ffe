import { spawnSync } from 'node:child_process';

import { assert, sample, tuple } from 'fast-check';
import { expect, test } from 'vitest';

import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';
import { compareVersions } from './ordering.ts';
import { packagistOrdering } from './packagist.ts';

const texts = anyVersion('0 1 v1 1.0 1.2', '0 1 .0 .1 -dev -alpha a1 -BETA .2 RC pl1 -patch .x +1 -stable -foo');

test('four numbers, what is left out is 0', () => {
  const lines = [
    '1 = 1.0.0.0',
    '1.0 < 1.0.0.1',
    '1.9 < 1.10',
    'v1.0 = 1.0',
    'V1.0 = 1.0',
    '1.01 = 1.1',
    '2010.01.02 < 2010.01.03',
    '1.9007199254740992 < 1.9007199254740993',
    '1.00000000000000000 = 1',
  ];
  expect(asOrdered(packagistOrdering, lines)).toStrictEqual(lines);
});

test('stability: dev, alpha, beta, RC, the release, a patch of it', () => {
  const lines = [
    '1.0-dev < 1.0a1',
    '1.0-alpha = 1.0a',
    '1.0-alpha.9 < 1.0-alpha.10',
    '1.0-ALPHA1 < 1.0b1',
    '1.0-beta.1 = 1.0b1',
    '1.0-beta < 1.0-beta1',
    '1.0b1 < 1.0RC1',
    '1.0-rc1-dev < 1.0-rc1',
    '1.0RC1 < 1.0',
    '1.0-stable = 1.0',
    '1.0 < 1.0pl1',
    '1.0-patch1 = 1.0p1',
    '1.0pl1 < 1.0.0.1',
    // A word of no meaning is below all of them, and two are told apart.
    '1.0-foo < 1.0-dev',
    '1.0-bar < 1.0-foo',
    '1.0-constructor < 1.0',
  ];
  expect(asOrdered(packagistOrdering, lines)).toStrictEqual(lines);
});

test('branches: a named one is below every number, a numbered one above what it may become', () => {
  const lines = [
    'dev-main < 0.0.1-dev',
    'dev-a < dev-b',
    'dev-a+x < dev-a+y',
    'dev-a-b < dev-a/b',
    '1.9.9 < 1.x-dev',
    '1.x-dev < 2.0-alpha',
    '1.2.x-dev < 1.3',
    '1.2.*-dev = 1.2.x-dev',
    '1.2.x-dev < 1.x-dev',
  ];
  expect(asOrdered(packagistOrdering, lines)).toStrictEqual(lines);
});

test('what was built, and the stability that is asked for, count for nothing', () => {
  const lines = ['1.0+b1 = 1.0', '1.0-rc1+b1 = 1.0-rc1', '1.0@beta = 1.0', '1.0-rc1@stable = 1.0-rc1'];
  expect(asOrdered(packagistOrdering, lines)).toStrictEqual(lines);
});

test('what Composer refuses is in advisories all the same', () => {
  const lines = [
    '3.1.0 < 3.1.0.post1',
    '3.0.0b1 < 3.0.0b1.post1',
    '3.0.0b1.post1 < 3.0.0b2',
    '4.3-2RC1 < 4.3-2',
    '1.5.1.dev100 < 1.5.1a1',
    '1.0.0.0 < 1.0.0.0.1',
  ];
  expect(asOrdered(packagistOrdering, lines)).toStrictEqual(lines);
});

test('a text without digits and letters is none, nor one with space within', () => {
  const others = ['-', '...', '#', '1.0 as 2.0', '1.0\u00E9'];
  expect(versionsAmong(packagistOrdering, others)).toStrictEqual([]);
});

test('a total order', () => {
  assert(totalOrder(packagistOrdering, texts));
});

const composer = String.raw`require 'Composer/Semver/autoload.php'; $parser = new Composer\Semver\VersionParser;`;
const absent = spawnSync('php', ['-r', composer]).status !== 0;

test.skipIf(absent)(`the same as Composer${absent ? ' (skipped: there is none)' : ''}`, () => {
  // Of what it takes.
  const version = texts.filter((text) =>
    /^v?\d{1,5}(?:\.\d+){0,3}(?:(?:-alpha|a\d+|-BETA|RC|pl\d+|-patch)\d*(?:\.\d+)?|-stable)?(?:-dev)?(?:\+\d+)?$/.test(
      text,
    ),
  );
  const pairs = sample(tuple(version, version), 2000);
  const program = [
    composer,
    'while ($line = fgets(STDIN)) {',
    '  [$left, $right] = array_map([$parser, "normalize"], explode(" ", rtrim($line)));',
    '  echo version_compare($left, $right), "\\n";',
    '}',
  ].join('\n');
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('');
  const theirs = spawnSync('php', ['-r', program], { input, encoding: 'utf8' }).stdout.split('\n');
  const ours = pairs.map(([left, right]) => ({
    left,
    right,
    order: `${Math.sign(compareVersions(packagistOrdering, left, right) ?? Number.NaN)}`,
  }));
  expect(ours).toStrictEqual(pairs.map(([left, right], index) => ({ left, right, order: theirs[index] })));
});
