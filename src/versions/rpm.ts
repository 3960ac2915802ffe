import { readLabel } from './label.ts';
import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';

/**
 * `[EPOCH:]VERSION[-RELEASE]` of rpm: https://rpm.org/docs/latest/man/rpm-version.7. A version without a release is before the same one
 * with any: what is installed has one, and so has what an advisory names.
 */
export const rpmOrdering = defineOrdering<readonly Piece[]>({ id: 'rpm', parse, compare: comparePieces });

/** What follows the pieces that were the same, from old to new; the end is 0. */
const rank = { tilde: -1, release: 1, caret: 2, letters: 3, number: 4 } as const;

function parse(text: string): readonly Piece[] | undefined {
  const label = readLabel(text);
  if (!label) return undefined;
  const pieces = [{ rank: rank.number, value: label.epoch }, ...piecesOf(label.version)];
  return label.release === undefined
    ? pieces
    : [...pieces, { rank: rank.release, value: 0 }, ...piecesOf(label.release)];
}

/** Every other character only parts these, and it does not matter which, or how many. */
function piecesOf(part: string): Piece[] {
  return Array.from(part.matchAll(/\d+|[A-Za-z]+|[~^]/g), ([piece]) => {
    if (piece === '~') return { rank: rank.tilde, value: 0 };
    if (piece === '^') return { rank: rank.caret, value: 0 };
    return /\d/.test(piece)
      ? { rank: rank.number, value: readWholeNumber(piece) }
      : { rank: rank.letters, value: piece };
  });
}
