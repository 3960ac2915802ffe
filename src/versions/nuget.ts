import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/**
 * Packages of .NET, as `NuGetVersion` orders them: https://learn.microsoft.com/nuget/concepts/package-versioning. Semantic versions with a
 * fourth number, any of the last three left out, leading zeros allowed, and labels whose case counts for nothing.
 */
export const nugetOrdering = defineOrdering<readonly Piece[]>({ id: 'nuget', parse, compare: comparePieces });

/** What follows the four numbers, from old to new. */
const rank = { numericLabel: 1, label: 2, release: 3 } as const;

function parse(text: string): readonly Piece[] | undefined {
  const version = writtenVersion(text)?.toLowerCase() ?? '';
  const found = /^(\d+(?:\.\d+){0,3})(?:-([\da-z-]+(?:\.[\da-z-]+)*))?(?:\+[\da-z.-]*)?$/.exec(version);
  if (!found) return undefined;
  const [, numbers = '', labels] = found;
  const [major = '', minor = '', patch = '', revision = ''] = numbers.split('.');
  return [
    ...[major, minor, patch, revision].map((digits) => ({ rank: 0, value: readWholeNumber(digits) })),
    ...(labels?.split('.').map(labelPiece) ?? [{ rank: rank.release, value: 0 }]),
  ];
}

function labelPiece(label: string): Piece {
  return /^\d+$/.test(label)
    ? { rank: rank.numericLabel, value: readWholeNumber(label) }
    : { rank: rank.label, value: label };
}
