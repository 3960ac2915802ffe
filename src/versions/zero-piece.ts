import type { Piece } from './pieces.ts';

/** A number of many zeros is one too. */
export function isZero({ value }: Piece): boolean {
  return typeof value !== 'string' && value <= 0;
}
