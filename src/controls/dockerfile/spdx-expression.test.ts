import { expect, test } from 'vitest';
import { isSpdxExpression } from './spdx-expression.ts';

test.each([
  ['MIT', true],
  ['apache-2.0', true],
  ['GPL-2.0+', true],
  ['MIT AND (BSD-3-Clause OR Zlib)', true],
  ['GPL-2.0-only WITH GCC-exception-3.1 OR MIT', true],
  ['MIT and ISC', true],
  ['', false],
  ['()', false],
  ['MIT ISC', false],
  ['MIT)', false],
  ['AND MIT', false],
  ['MIT WITH MIT', false],
  ['MIT WITH', false],
  ['Apache2.0', false],
])('%s: %s', (text, expected) => {
  expect(isSpdxExpression(text)).toBe(expected);
});
