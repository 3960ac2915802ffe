import type { Piece } from './pieces.ts';

/** Where an offset stands in a text, both from 1. */
export interface Position {
  readonly line: number;
  /** Characters. */
  readonly column: number;
}

/** Lines and columns of offsets (bytes of the text in UTF-8, in ascending order). */
export function positionsOf(pieces: Iterable<Piece>, offsets: readonly number[]): Position[] {
  const positions: Position[] = [];
  let at = 0;
  let line = 1;
  let column = 1;
  for (const { bytes } of pieces) {
    for (const byte of bytes) {
      while (positions.length < offsets.length && offsets[positions.length] === at) positions.push({ line, column });
      if (positions.length === offsets.length) return positions;
      at += 1;
      if (byte === 0x0a) {
        line += 1;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column += 1;
    }
  }
  while (positions.length < offsets.length) positions.push({ line, column });
  return positions;
}
