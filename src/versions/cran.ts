import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/**
 * Packages of R, on CRAN and of Bioconductor: numbers between dots or hyphens, which are the same, `0.1.0` above `0.1`.
 * https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html
 */
export const cranOrdering = defineOrdering<readonly Piece[]>({
  id: 'cran',
  parse(text) {
    const version = writtenVersion(text);
    if (version === undefined || !/^\d+(?:[.-]\d+)*$/.test(version)) return undefined;
    return version.split(/[.-]/).map((digits) => ({ rank: 1, value: readWholeNumber(digits) }));
  },
  compare: comparePieces,
});
