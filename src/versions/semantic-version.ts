import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/** A version of numbers, perhaps before a release, taken apart. */
export interface SemanticVersion {
  readonly numbers: readonly string[];
  readonly prerelease: readonly string[];
  readonly build: readonly string[];
}

/** A prerelease after `-`, or at once or after `.` where it starts with a letter, and a build after `+`. */
const afterNumbers = /^(?:(-|\.?(?=[a-z]))([\da-z-]+(?:\.[\da-z-]+)*))?(?:\+(.+))?$/i;

/** As https://semver.org has it, but of any number of numbers, with zeros before them, and with a `v`. */
export function readSemanticVersion(text: string): SemanticVersion | undefined {
  const written = writtenVersion(text) ?? '';
  const [head = '', numbers = ''] = /^=?v?(\d+(?:\.\d+)*)/i.exec(written) ?? [];
  const [whole, separator = '', prerelease, build] = afterNumbers.exec(written.slice(head.length)) ?? [];
  if (numbers === '' || whole === undefined) return undefined;
  if (prerelease !== undefined && separator !== '-') {
    // `64e00e7` is the name of a commit, and `1.x` a range.
    if (!numbers.includes('.') || /^x(?:\.|$)/i.test(prerelease)) return undefined;
  }
  return { numbers: numbers.split('.'), prerelease: prerelease?.split('.') ?? [], build: build?.split('.') ?? [] };
}

/** What follows the pieces that were the same, from old to new; the end is 0. */
const rank = { prerelease: -1, build: 1, numeric: 2, alphanumeric: 3 } as const;

/** Numbers that are missing are 0. */
export function semanticPieces({ numbers, prerelease, build }: SemanticVersion): readonly Piece[] {
  return [
    ...withoutLastZeros(numbers.map(readWholeNumber)).map((value) => ({ rank: rank.numeric, value })),
    ...(prerelease.length > 0 ? [{ rank: rank.prerelease, value: 0 }, ...prerelease.map(pieceOfIdentifier)] : []),
    ...(build.length > 0 ? [{ rank: rank.build, value: 0 }, ...build.map(pieceOfIdentifier)] : []),
  ];
}

function withoutLastZeros<T>(values: readonly T[]): readonly T[] {
  return values.slice(0, values.findLastIndex(Boolean) + 1);
}

function pieceOfIdentifier(identifier: string): Piece {
  return /^\d+$/.test(identifier)
    ? { rank: rank.numeric, value: readWholeNumber(identifier) }
    : { rank: rank.alphanumeric, value: identifier };
}
