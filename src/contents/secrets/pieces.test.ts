import { assert, integer, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../test/cataloged.ts';
import { isText, piecesOf } from './pieces.ts';

function utf16(text: string, isBig: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
}

function together(bytes: Buffer, length: number): string {
  const parts: Buffer[] = [];
  const ends: boolean[] = [];
  for (const piece of piecesOf(contentOf(bytes), length)) {
    parts.push(Buffer.from(piece.bytes));
    ends.push(piece.isLast);
  }
  expect(ends.indexOf(true)).toBe(ends.length - 1);
  return Buffer.concat(parts).toString('utf8');
}

describe('pieces make up the whole text again', () => {
  test('in UTF-8', () => {
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 4, max: 40 }), (text, length) => {
        expect(together(Buffer.from(text), length)).toBe(text);
      }),
    );
  });

  test('in UTF-16, whichever byte comes first', () => {
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 4, max: 40 }), (text, length) => {
        expect(together(utf16(text, false), length)).toBe(text);
        expect(together(utf16(text, true), length)).toBe(text);
      }),
    );
  });

  test('of a file that is shorter than it says', () => {
    const bytes = Buffer.from('short');
    const parts = [
      ...piecesOf({ size: 1_000_000, read: (offset, length) => bytes.subarray(offset, offset + length) }, 1000),
    ];
    expect(parts).toMatchObject([{ isLast: true }]);
  });
});

describe('what is text', () => {
  test.each([
    ['letters', Buffer.from('é = 1\r\n\u001b[0m'), true],
    ['UTF-16', utf16('a = 1', false), true],
    ['UTF-16 from its other end', utf16('a = 1', true), true],
    ['nothing', Buffer.alloc(0), false],
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1'), false],
    ['control characters', Buffer.from(Array.from({ length: 100 }, (_, each) => 1 + (each % 6))), false],
  ])('%s', (_, bytes, expected) => {
    expect(isText(bytes)).toBe(expected);
  });
});
