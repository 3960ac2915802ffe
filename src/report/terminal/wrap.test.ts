import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { visible } from '../visible.ts';
import { cutTo, padTo, widthOf, wrap } from './wrap.ts';

test('English breaks between words', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
});

test('Chinese breaks between characters, each two columns wide', () => {
  expect(wrap('特权容器拥有全部能力', 8)).toEqual(['特权容器', '拥有全部', '能力']);
});

test('Latin words inside of Chinese stay whole', () => {
  expect(wrap('拥有 capability 和设备', 12)).toEqual(['拥有', 'capability', '和设备']);
});

test('no line starts with closing punctuation, none ends with an opening bracket', () => {
  expect(wrap('一二三四，五六', 8)).toEqual(['一二三', '四，五六']);
  expect(wrap('一二三（四五）六', 8)).toEqual(['一二三', '（四五）', '六']);
});

test('nothing is lost, and no line is wider than the width', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('ab -，。（）“”特权 \n容器')) });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), (words, width) => {
      const lines = wrap(words, width);
      expect(lines.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
      expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
    }),
  );
});

test('a text is cut and filled by columns, not by characters', () => {
  expect(cutTo('容器安全审计', 7)).toBe('容器安…');
  expect(cutTo('容器', 4)).toBe('容器');
  expect(widthOf(padTo('容器', 7))).toBe(7);
});

test('whatever characters there are, nothing is wider than it may be', () => {
  // A report holds no other characters: see visible.ts.
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map(visible);
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (any, width) => {
      expect(wrap(any, width).filter((line) => widthOf(line) > width)).toEqual([]);
      expect(widthOf(cutTo(any, width))).toBeLessThanOrEqual(width);
      expect(widthOf(padTo(cutTo(any, width), width))).toBe(width);
      expect(cutTo(any, widthOf(any))).toBe(any);
    }),
    { numRuns: 1000 },
  );
});

test('a text without anything in it has no lines', () => {
  expect(wrap('', 10)).toEqual([]);
  expect(wrap('   ', 10)).toEqual([]);
});

test('a word that is wider than the line is broken, and loses nothing', () => {
  expect(wrap('sha256:0123456789abcdef and on', 10)).toEqual(['sha256:012', '3456789abc', 'def and on']);
});

test.each(['plain', '镜像', 'ａｂｃ', 'é', 'e\u0301', '한국', '…', '→', '✗', '🐳', ''])(
  '%j is as wide as others count it',
  (text) => {
    expect(widthOf(text)).toBe(stringWidth(text));
  },
);
