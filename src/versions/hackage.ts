import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/**
 * Packages of Haskell: numbers and nothing else, `1.0.0` above `1.0`. https://pvp.haskell.org and `Data.Version`, whose tags (`1.0-foo`)
 * Hackage takes no more.
 */
export const hackageOrdering = defineOrdering<readonly Piece[]>({
  id: 'hackage',
  parse(text) {
    const version = writtenVersion(text);
    if (version === undefined || !/^\d+(?:\.\d+)*$/.test(version)) return undefined;
    return version.split('.').map((digits) => ({ rank: 1, value: readWholeNumber(digits) }));
  },
  compare: comparePieces,
});
