import { defineOrdering } from './ordering.ts';
import { legacyPieces } from './pep440-legacy.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import type { WholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';
import { isZero } from './zero-piece.ts';

/** A development release of the release itself is before its alphas; one of an alpha, or of a post-release, is not. */
const phases = { development: 0, alpha: 1, beta: 2, candidate: 3, release: 4 } as const;

const phaseOfWord: ReadonlyMap<string, number> = new Map([
  ['a', phases.alpha],
  ['alpha', phases.alpha],
  ['b', phases.beta],
  ['beta', phases.beta],
  ['c', phases.candidate],
  ['rc', phases.candidate],
  ['pre', phases.candidate],
  ['preview', phases.candidate],
]);

const specified = new RegExp(
  [
    String.raw`^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)`,
    String.raw`(?:[-_.]?(?<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<phaseNumber>\d+)?)?`,
    String.raw`(?:-(?<bare>\d+)|(?<post>[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>\d+)?))?`,
    String.raw`(?<development>[-_.]?dev[-_.]?(?<developmentNumber>\d+)?)?`,
    String.raw`(?:\+(?<local>[a-z\d]+(?:[-_.][a-z\d]+)*))?$`,
  ].join(''),
);

/**
 * Python packages: https://packaging.python.org/en/latest/specifications/version-specifiers/, with all the spellings that it takes for the
 * same. What it refuses was allowed once, and is still installed: that is before everything else, as setuptools had it.
 */
export const pep440Ordering = defineOrdering<readonly Piece[]>({ id: 'pep440', parse, compare: comparePieces });

/** What follows pieces that were the same. A release goes on with a number, or ends with the piece of its phase. */
const rank = { legacy: -1, specified: 1, phase: 1, localWord: 1, number: 2 } as const;

function parse(text: string): readonly Piece[] | undefined {
  const version = writtenVersion(text)?.toLowerCase();
  if (version === undefined) return undefined;
  const parts = specified.exec(version)?.groups;
  if (!parts) return [{ rank: rank.legacy, value: 0 }, ...legacyPieces(version)];
  const isDevelopment = parts['development'] !== undefined;
  const isPost = parts['bare'] !== undefined || parts['post'] !== undefined;
  const phase =
    phaseOfWord.get(parts['phase'] ?? '') ?? (isDevelopment && !isPost ? phases.development : phases.release);
  return [
    { rank: rank.specified, value: readWholeNumber(parts['epoch'] ?? '0') },
    ...releasePieces(parts['release'] ?? ''),
    ...[
      phase,
      readWholeNumber(parts['phaseNumber'] ?? '0'),
      // None is below the first post-release, and above the last development release.
      isPost ? readWholeNumber(parts['bare'] ?? parts['postNumber'] ?? '0') : -1,
      isDevelopment ? readWholeNumber(parts['developmentNumber'] ?? '0') : Infinity,
    ].map((value: WholeNumber) => ({ rank: rank.phase, value })),
    ...localPieces(parts['local']),
  ];
}

/** Zeros at the end count for nothing. */
function releasePieces(release: string): Piece[] {
  const pieces = release.split('.').map((digits) => ({ rank: rank.number, value: readWholeNumber(digits) }));
  return pieces.slice(0, pieces.findLastIndex((piece) => !isZero(piece)) + 1);
}

function localPieces(local: string | undefined): Piece[] {
  return Array.from(local?.matchAll(/[a-z\d]+/g) ?? [], ([part]) =>
    /^\d+$/.test(part) ? { rank: rank.number, value: readWholeNumber(part) } : { rank: rank.localWord, value: part },
  );
}
