import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';
import { isZero } from './zero-piece.ts';

interface MavenVersion {
  readonly pieces: readonly Piece[];
  /** Of zeros that were left out between hyphens: the very last thing that counts. */
  readonly hyphenZeros: number;
}

interface Token {
  readonly isAfterHyphen: boolean;
  readonly text: string;
  readonly isBeforeDigit: boolean;
}

/** What follows pieces that were the same, from old to new; the end is 0. Qualifiers without a meaning differ by their text. */
const rank = {
  alpha: -5,
  beta: -4,
  milestone: -3,
  candidate: -2,
  snapshot: -1,
  release: 1,
  servicePack: 2,
  qualifierAfterDot: 3,
  qualifierAfterHyphen: 4,
  numberAfterHyphen: 5,
  numberAfterDot: 6,
} as const;

const rankOfQualifier: ReadonlyMap<string, number> = new Map([
  ['alpha', rank.alpha],
  ['beta', rank.beta],
  ['milestone', rank.milestone],
  ['rc', rank.candidate],
  ['cr', rank.candidate],
  ['snapshot', rank.snapshot],
  ['ga', rank.release],
  ['final', rank.release],
  ['release', rank.release],
  ['sp', rank.servicePack],
]);

/** Right before a digit one letter is enough. */
const rankOfLetter: ReadonlyMap<string, number> = new Map([
  ['a', rank.alpha],
  ['b', rank.beta],
  ['m', rank.milestone],
]);

/**
 * Artifacts of Java: the order of https://maven.apache.org/pom.html#version-order-specification. Its padding makes no order of all versions
 * (`1.0.rc` is below `1`, that below `1-1`, and that below `1.0.rc`); there this goes with `ComparableVersion` of Maven 3.9, which takes zeros
 * away before `.rc` too, and finds the qualifiers that have a meaning the same after a dot and after a hyphen.
 */
export const mavenOrdering = defineOrdering<MavenVersion>({
  id: 'maven',
  parse,
  compare: (left, right) => comparePieces(left.pieces, right.pieces) || right.hyphenZeros - left.hyphenZeros,
});

function parse(text: string): MavenVersion | undefined {
  const version = writtenVersion(text)?.toLowerCase();
  if (version === undefined) return undefined;
  const pieces: Piece[] = [];
  let hyphenZeros = 0;
  for (const token of tokensOf(version)) {
    const piece = pieceOf(token);
    if (token.isAfterHyphen || piece.rank <= rank.servicePack) hyphenZeros += removeLastNulls(pieces);
    pieces.push(piece);
  }
  removeLastNulls(pieces);
  return { pieces, hyphenZeros };
}

/** Of `1`, `1.0` and `1-ga` only the 1 says something. Gives how many zeros after a hyphen went. */
function removeLastNulls(pieces: Piece[]): number {
  let hyphenZeros = 0;
  for (let last = pieces.at(-1); last && isNull(last); last = pieces.at(-1)) {
    if (last.rank === rank.numberAfterHyphen) hyphenZeros += 1;
    pieces.pop();
  }
  return hyphenZeros;
}

function isNull(piece: Piece): boolean {
  return piece.rank === rank.release || (piece.rank >= rank.numberAfterHyphen && isZero(piece));
}

/** Split at dots, at hyphens, and where digits meet anything else, which is as if there were a hyphen. */
function tokensOf(version: string): readonly Token[] {
  const tokens: Token[] = [];
  let isAfterHyphen = false;
  for (const part of version.split(/([.-])/)) {
    if (part === '.' || part === '-') {
      isAfterHyphen = part === '-';
    } else {
      // Nothing between two of them is a 0.
      const runs = part.match(/\d+|\D+/g) ?? ['0'];
      for (const [index, text] of runs.entries()) {
        tokens.push({ isAfterHyphen: isAfterHyphen || index > 0, text, isBeforeDigit: index < runs.length - 1 });
      }
    }
  }
  return tokens;
}

function pieceOf({ isAfterHyphen, text, isBeforeDigit }: Token): Piece {
  if (/^\d/.test(text)) {
    return { rank: isAfterHyphen ? rank.numberAfterHyphen : rank.numberAfterDot, value: readWholeNumber(text) };
  }
  const known = rankOfQualifier.get(text) ?? (isBeforeDigit ? rankOfLetter.get(text) : undefined);
  if (known !== undefined) return { rank: known, value: 0 };
  return { rank: isAfterHyphen ? rank.qualifierAfterHyphen : rank.qualifierAfterDot, value: text };
}
