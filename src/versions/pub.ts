import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readSemanticVersion, semanticPieces } from './semantic-version.ts';

/**
 * Dart's packages: semantic versions whose build counts, as https://pub.dev/documentation/pub_semver orders them. A build is after the
 * version without one, and its parts are compared as those of a prerelease.
 */
export const pubOrdering = defineOrdering<readonly Piece[]>({ id: 'pub', parse, compare: comparePieces });

function parse(text: string): readonly Piece[] | undefined {
  const version = readSemanticVersion(text);
  return version && semanticPieces(version);
}
