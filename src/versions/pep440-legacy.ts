import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { isZero } from './zero-piece.ts';

/** `@` is below all letters. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['rc', 'c'],
  ['dev', '@'],
  ['-', 'final-'],
]);

const rank = { word: 1, number: 2 } as const;
const end = 'final';
const hyphen = 'final-';

/**
 * Versions of Python packages from before PEP 440, as setuptools and packaging ordered them until 2022: numbers, words and other characters
 * in turns. The end counts as `final`; a word takes the zeros before it away, and one below `final` the hyphens too.
 * https://setuptools.pypa.io/en/latest/history.html (v8.0, v66.0.0)
 */
export function legacyPieces(version: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const piece of version.match(/\d+|[a-z]+|-|[^\da-z.-]+/g) ?? []) {
    if (/^\d/.test(piece)) pieces.push({ rank: rank.number, value: readWholeNumber(piece) });
    else addWord(pieces, spellings.get(piece) ?? piece);
  }
  addWord(pieces, end);
  return pieces;
}

function addWord(pieces: Piece[], word: string): void {
  const piece = { rank: rank.word, value: word };
  if (word < end) while (pieces.at(-1)?.value === hyphen) pieces.pop();
  while (isZero(pieces.at(-1) ?? piece)) pieces.pop();
  pieces.push(piece);
}
