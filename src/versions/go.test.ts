import { assert } from 'fast-check';
import { expect, test } from 'vitest';

import { goOrdering } from './go.ts';
import { anyVersion, asOrdered, totalOrder, versionsAmong } from './order-laws.ts';

test('modules', () => {
  const lines = [
    'v1.2.3 = 1.2.3',
    'v2.0.0+incompatible = v2.0.0',
    'v1.2.3+dirty = v1.2.3',
    // A pseudo-version is after the version that it was made from, and before the next.
    'v1.2.3 < v1.2.4-0.20230101000000-abcdefabcdef',
    'v1.2.4-0.20230101000000-abcdefabcdef < v1.2.4-0.20230102000000-000000000000',
    'v1.2.4-0.20230101000000-abcdefabcdef < v1.2.4-rc.1',
    'v1.2.4-0.20230101000000-abcdefabcdef < v1.2.4',
    'v1.2.4-rc.1 < v1.2.4-rc.1.0.20230101000000-abcdefabcdef',
    'v1.2.4-rc.1.0.20230101000000-abcdefabcdef < v1.2.4-rc.2',
    'v0.0.0-20190101000000-abcdefabcdef < v0.0.1',
    'v0.0.0-20190101000000-fedcbafedcba < v0.0.0-20200101000000-abcdefabcdef',
    'v2.7.0+incompatible > v0.0.0-20190101000000-abcdefabcdef',
    'v1.0.0-rc91 > v1.0.0-rc9.0.20200122160610-2fc03cc11c77',
  ];
  expect(asOrdered(goOrdering, lines)).toStrictEqual(lines);
});

test('toolchains', () => {
  const lines = [
    'go1.21.13 = 1.21.13',
    // Up to 1.20 the first release of a line had two numbers.
    'go1.20 = 1.20.0',
    'go1.21rc2 = 1.21.0-rc.2',
    'go1.18beta1 = 1.18.0-beta.1',
    '1.21rc2 = 1.21.0-rc.2',
    'go1.21.0-rc.2 = 1.21.0',
    'go1.21.0-0 > 1.21.0-0',
    'go1.18beta2 < go1.18rc1',
    'go1.21rc2 < go1.21rc10',
    'go1.21rc2 < go1.21.0',
    'go1.9.7 < go1.10',
    'go1.21.13 < go1.22rc1',
    // What a vendor adds.
    'go1.21.13-fips = go1.21.13',
    'go1.22.1-X:boringcrypto = go1.22.1',
    'go1.22.1+abc = go1.22.1',
    'go1.16.7b7 = go1.16.7',
    'go1.16.7b7 < go1.16.8',
  ];
  expect(asOrdered(goOrdering, lines)).toStrictEqual(lines);
});

test('a toolchain with what a vendor adds after a space', () => {
  const texts = ['go1.21.13 (Red Hat 1.21.13-2.el9_4)', 'go1.20.5 X:boringcrypto', 'go1.22rc1 X:rangefunc'];
  const same = ['1.21.13', '1.20.5', '1.22.0-rc.1'];
  expect(texts.map(goOrdering.parse)).toStrictEqual(same.map(goOrdering.parse));
});

test('no versions', () => {
  const texts = [
    '(devel)',
    'devel go1.22-abcdef0123 Mon Jan 1 00:00:00 2024',
    'go1.22-devel_abcdef',
    'unknown',
    'go',
    'go1.22.x',
    'gopher1.2',
    'v0.0.0-00010101000000-000000000000',
    `go1.2 ${'x'.repeat(1_000_000)}`,
  ];
  expect(versionsAmong(goOrdering, texts)).toStrictEqual([]);
});

test('a total order', () => {
  assert(
    totalOrder(
      goOrdering,
      anyVersion(
        'v1 v1.0.0 1.0 go1 go1.2 go1.2.0 v1.2.3-0.20230101000000-abc',
        '0 1 .1 .0 rc1 rc2 beta2 b7 - -rc.1 -0.20230101000000-abc +incompatible',
      ),
    ),
  );
});
