import { readLabel } from './label.ts';
import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';

/**
 * `[EPOCH:]VERSION[-RELEASE]` of Arch Linux: https://man.archlinux.org/man/vercmp.8. Unlike rpm it counts the characters between two
 * pieces, knows neither `~` nor `^`, and has letters that follow a number at once before the number alone.
 *
 * Two answers of `vercmp` are not kept, for they make no order: a version without a release is before the same one with any, where
 * `vercmp` has it equal to all of these, and separators at the end of a version count for nothing.
 */
export const pacmanOrdering = defineOrdering<readonly Piece[]>({ id: 'pacman', parse, compare: comparePieces });

/** What follows the pieces that were the same, from old to new; the end is 0. After `separators` there are ranks for more of them. */
const rank = { lettersAtOnce: -1, release: 1, numberAtOnce: 2, separators: 2 } as const;

function parse(text: string): readonly Piece[] | undefined {
  const label = readLabel(text);
  if (!label) return undefined;
  const pieces = [{ rank: 0, value: label.epoch }, ...piecesOf(label.version)];
  return label.release === undefined
    ? pieces
    : [...pieces, { rank: rank.release, value: 0 }, ...piecesOf(label.release)];
}

function piecesOf(part: string): Piece[] {
  return Array.from(
    part.matchAll(/([^\dA-Za-z]*)(?:(\d+)|([A-Za-z]+))/g),
    ([, separators = '', digits, letters = '']) => {
      const after = rank.separators + 2 * separators.length;
      if (digits !== undefined) return { rank: after, value: readWholeNumber(digits) };
      return { rank: separators === '' ? rank.lettersAtOnce : after - 1, value: letters };
    },
  );
}
