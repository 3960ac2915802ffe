import { expect, test } from 'vitest';
import { secretRules } from './rules/all.ts';
import { withoutModifiers } from './without-modifiers.ts';

test.each([
  ['a(?i:b|cd)e', 'a(?:[bB]|[cC][dD])e'],
  ['(?i:a(?:b)c)d', '(?:[aA](?:[bB])[cC])d'],
  [String.raw`(?i:[a-f_]\w\x60)[a-f]`, String.raw`(?:[a-f_A-F]\w\x60)[a-f]`],
  [String.raw`(?<=(?i:by)\s)x{2,3}`, String.raw`(?<=(?:[bB][yY])\s)x{2,3}`],
  [String.raw`\((?i:k)\)k`, String.raw`\((?:[kK])\)k`],
  ['[(?i:]a', '[(?i:]a'],
])('%s is %s', (pattern, expected) => {
  expect(withoutModifiers(pattern)).toBe(expected);
});

test('no rule has one left', () => {
  expect(secretRules.filter(({ pattern }) => pattern.includes('(?i'))).toEqual([]);
});
