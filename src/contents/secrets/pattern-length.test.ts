import { describe, expect, test } from 'vitest';
import { patternLength } from './pattern-length.ts';

describe('says how far a pattern looks', () => {
  test.each([
    ['abc', 3, 0],
    [String.raw`a\d{2,5}[\]x-]{0,3}`, 9, 0],
    ['(?:ab|cdef)?x', 5, 0],
    ['a{3}(?![a-z]{4})', 7, 0],
    ['(?=a{0,20}b)a{2}', 21, 0],
    [String.raw`(?<=(?<!\w)[a-z]{0,24})x`, 1, 25],
    [String.raw`(?i:key)\x60{0,2}?(?:a(?:b{2}){3}){2}`, 19, 0],
    ['(?:x|$)', 1, 1],
    ['(?:a(?=bcd)){2}', 5, 0],
  ])('%s', (source, ahead, behind) => {
    expect(patternLength(source)).toEqual({ ahead, behind });
  });
});

test.each(['a*', 'a+', '[a-z]{2,}', String.raw`(a)\1`, '(a', 'a)', '[a', '(?<name'])(
  'refuses %s, which has no bound or is not understood',
  (source) => {
    expect(() => patternLength(source)).toThrow(source);
  },
);
