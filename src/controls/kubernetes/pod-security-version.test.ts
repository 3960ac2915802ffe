import { expect, test } from 'vitest';
import { notYet, since } from './pod-security-version.ts';

test.each([
  [{ major: 1, minor: 7 }, 8, false],
  [{ major: 1, minor: 8 }, 8, true],
  [{ major: 1, minor: 10 }, 8, true],
  [{ major: 1, minor: 0 }, 0, true],
  [{ major: 0, minor: 99 }, 0, false],
  [{ major: 2, minor: 0 }, 35, true],
  [undefined, 37, true],
])('%j has what came with 1.%i: %j', (version, minor, expected) => {
  expect(since(version, minor)).toBe(expected);
  expect(notYet(version, minor)?.status).toBe(expected ? undefined : 'not-applicable');
});
