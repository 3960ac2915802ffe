import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { wrapText } from './wrap.ts';

test('English breaks between words', () => {
  expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
});

test('Chinese breaks between characters, each two columns wide', () => {
  expect(wrapText('特权容器拥有全部能力', 8)).toEqual(['特权容器', '拥有全部', '能力']);
});

test('Latin words inside of Chinese stay whole', () => {
  expect(wrapText('拥有 capability 和设备', 12)).toEqual(['拥有', 'capability', '和设备']);
});

test('no line starts with closing punctuation, none ends with an opening bracket', () => {
  expect(wrapText('一二三四，五六', 8)).toEqual(['一二三', '四，五六']);
  expect(wrapText('一二三（四五）六', 8)).toEqual(['一二三', '（四五）', '六']);
});

test('nothing is lost, and only single words are wider than the width', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('ab -，。（）“”特权 \n容器')) });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), (words, width) => {
      const lines = wrapText(words, width);
      expect(lines.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
      const broken = lines.filter((line) => /[\s\p{Script=Han}]{2}/u.test(line));
      expect(broken.filter((line) => stringWidth(line) > width)).toEqual([]);
    }),
  );
});
