import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readSemanticVersion, semanticPieces } from './semantic-version.ts';

/**
 * npm, crates.io, and whatever else has ranges of the type `SEMVER` in advisories: https://semver.org/#spec-item-11. A build counts for
 * nothing. Advisories name what no registry would take, and so is read too: `1.0`, `0.9.7.1`, `1.0.0.beta.3`, `1.9.0b1`.
 */
export const semverOrdering = defineOrdering<readonly Piece[]>({ id: 'semver', parse, compare: comparePieces });

function parse(text: string): readonly Piece[] | undefined {
  const version = readSemanticVersion(text);
  return version && semanticPieces({ ...version, build: [] });
}
