import type { WholeNumber } from './whole-number.ts';

/** A piece of a version. Those of one rank have values of one kind. */
export interface Piece {
  /** Compared first. The end of a version has 0: what makes a version older than without it has less. */
  readonly rank: number;
  readonly value: WholeNumber | string;
}

const end: Piece = { rank: 0, value: 0 };

/**
 * The first pieces that differ decide. Whatever an ordering makes of its versions, this makes a total order of it.
 * Texts are compared by code unit, never by a locale.
 */
export function comparePieces(left: readonly Piece[], right: readonly Piece[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const ours = left[index] ?? end;
    const theirs = right[index] ?? end;
    if (ours.rank !== theirs.rank) return ours.rank - theirs.rank;
    if (ours.value < theirs.value) return -1;
    if (ours.value > theirs.value) return 1;
  }
  return 0;
}
