import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { composed, JoinedText, shifted, spanThrough } from './offset-map.ts';

test('every character of a joined text is where it was in the original', () => {
  const stretch = fc.tuple(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(stretch), (stretches) => {
      const joined = new JoinedText();
      let original = '';
      for (const [kept, dropped] of stretches) {
        joined.add(kept, original.length);
        original += kept + dropped;
      }
      expect(joined.text).toBe(stretches.map(([kept]) => kept).join(''));
      expect(joined.length).toBe(joined.text.length);
      for (let at = 0; at < joined.length; at += 1) expect(original[joined.at(at)]).toBe(joined.text[at]);
    }),
  );
});

test('a span reaches from the first to the last character, over what was dropped', () => {
  const joined = new JoinedText();
  joined.add('ab', 10);
  joined.add('cd', 20);
  expect(spanThrough(joined, 1, 3)).toEqual({ start: 11, end: 21 });
  expect(spanThrough(joined, 0, 2)).toEqual({ start: 10, end: 12 });
  expect(spanThrough(joined, 4, 4)).toEqual({ start: 22, end: 22 });
  expect(spanThrough(composed(joined, shifted(100)), 2, 4)).toEqual({ start: 120, end: 122 });
});
