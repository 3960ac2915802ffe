import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { findKeywords, keywordTable } from './keyword-table.ts';

function found(words: readonly string[], text: string, from = 0, to = text.length): string[] {
  const bytes = Buffer.from(text, 'latin1');
  const all: string[] = [];
  findKeywords(keywordTable(words), bytes, from, Math.min(to, bytes.length), (start, word) => {
    all.push(`${start} ${words[word]}`);
  });
  return all;
}

test('finds words whatever their case, also those that begin alike or overlap', () => {
  expect(found(['sk-', 'sk-proj-', 'pass', 'assword'], 'SK-Proj-1 and PASSword')).toEqual([
    '0 sk-',
    '0 sk-proj-',
    '14 pass',
    '15 assword',
  ]);
});

test('finds a word that ends with the text, and none that is cut off', () => {
  expect(found(['ab', 'abc', 'abcdefgh'], 'xxabc')).toEqual(['2 ab', '2 abc']);
  expect(found(['abcdefgh'], 'abcdefg')).toEqual([]);
});

test('finds what a search word by word finds, in any part of a text', () => {
  const piece = constantFrom('a', 'b', 'ab', '-', 'KEY', 'key-', 'é', '\0', 'abcdef', 'zz');
  assert(
    property(
      array(string({ unit: constantFrom('a', 'b', 'k', 'e', 'y', '-'), minLength: 1, maxLength: 9 }), {
        maxLength: 12,
      }),
      array(piece, { maxLength: 40 }),
      integer({ min: 0, max: 20 }),
      (some, pieces, from) => {
        const words = [...new Set(some)];
        const text = pieces.join('');
        const plain = text.toLowerCase();
        const expected = Array.from(plain, (_, start) => start)
          .filter((start) => start >= from)
          .flatMap((start) => words.filter((word) => plain.startsWith(word, start)).map((word) => `${start} ${word}`));
        expect(found(words, text, Math.min(from, text.length)).toSorted()).toEqual(expected.toSorted());
      },
    ),
  );
});

test('goes over more than one block', () => {
  const text = `${'-'.repeat(40_000)}needle${'-'.repeat(20_000)}needle`;
  expect(found(['needle'], text)).toEqual(['40000 needle', '60006 needle']);
});
