import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readSemanticVersion, semanticPieces } from './semantic-version.ts';

/**
 * Bitnami's packages: the semantic version of what was packed, and after `-` the number of Bitnami's own build of it. Advisories are about
 * the former, so that the latter counts for nothing; elsewhere `2.3.1-1` would be before `2.3.1`. https://github.com/bitnami/vulndb
 */
export const bitnamiOrdering = defineOrdering<readonly Piece[]>({ id: 'bitnami', parse, compare: comparePieces });

function parse(text: string): readonly Piece[] | undefined {
  const version = readSemanticVersion(text);
  if (!version) return undefined;
  const [revision = '', ...more] = version.prerelease;
  const prerelease = more.length === 0 && /^\d+$/.test(revision) ? [] : version.prerelease;
  return semanticPieces({ ...version, prerelease, build: [] });
}
