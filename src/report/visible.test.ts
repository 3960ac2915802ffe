import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../model/secret.ts';
import { visible, visibleDeep } from './visible.ts';

test.each([
  ['an escape sequence', '\u001b[31mred\u001b[0m', String.raw`\e[31mred\e[0m`],
  ['lines', 'a\nb\r\nc\td', String.raw`a\nb\r\nc\td`],
  ['nothing', 'a\u0000b\u007fc\u0085d', String.raw`a\u{0}b\u{7f}c\u{85}d`],
  ['text from right to left', 'a\u202eb\u2066c\u200f', String.raw`a\u{202e}b\u{2066}c\u{200f}`],
  ['what has no width', 'a\u200b\u200d\ufeff\u00adb', String.raw`a\u{200b}\u{200d}\u{feff}\u{ad}b`],
  ['other line ends', 'a\u2028b\u2029c', String.raw`a\u{2028}b\u{2029}c`],
  ['variants and tags', 'a\ufe0f\u{e0101}\u{e0041}', String.raw`a\u{fe0f}\u{e0101}\u{e0041}`],
  ['fillers that look like nothing', 'a\u3164\u115f\uffa0\u2800', String.raw`a\u{3164}\u{115f}\u{ffa0}\u{2800}`],
  ['blanks that look like a space', 'a\u00a0b\u2003c', String.raw`a\u{a0}b\u{2003}c`],
  ['half of a character', 'a\ud800b\udc00', String.raw`a\u{d800}b\u{dc00}`],
])('%s is written out', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each(['', 'nginx:1.27', '容器以 --privileged 启动。（见 5.4）', 'ÀÉß ñ', '🚢', '日本語 한국어', 'a\u3000b'])(
  '%j is shown as it is',
  (text) => {
    expect(visible(text)).toBe(text);
  },
);

test('nothing active is left of any text, and what is visible stays so', () => {
  const character = fc.oneof(
    fc.constantFrom('\u001b', '\n', '\u202e', '\ud83d', ' '),
    fc.nat(0x10ffff).map((code) => String.fromCodePoint(code)),
  );
  const text = fc.array(character, { maxLength: 20 }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(text, (any) => {
      const shown = visible(any);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});

test('of a document every text is, keys and all, and nothing else changes', () => {
  const document = {
    'k\ney': ['a\u001b', { deep: 'b\n', none: null, yes: true, number: 1.5, mask: 0xa80425fbn, gone: undefined }],
  };
  expect(visibleDeep(document)).toEqual({
    [String.raw`k\ney`]: [
      String.raw`a\e`,
      { deep: String.raw`b\n`, none: null, yes: true, number: 1.5, mask: '0xa80425fb', gone: undefined },
    ],
  });
});

test('the document itself is not changed, and what stands in it twice stays the same twice', () => {
  const shared = { name: 'a\n' };
  const document = { left: shared, right: shared };
  const copy = visibleDeep(document);
  expect(document.left.name).toBe('a\n');
  expect(copy).toEqual({ left: { name: String.raw`a\n` }, right: { name: String.raw`a\n` } });
});

test('a key that would set the prototype is a key', () => {
  const document = JSON.parse('{"__proto__": {"polluted": "yes"}, "constructor": "x"}') as Record<string, unknown>;
  const copy = visibleDeep(document);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":"yes"},"constructor":"x"}');
  expect((copy as { polluted?: string }).polluted).toBeUndefined();
});

test('a secret that strays into a document shows nothing', () => {
  expect(JSON.stringify(visibleDeep({ value: new Secret('hunter2') }))).not.toContain('hunter2');
});
