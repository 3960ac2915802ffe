import { isSpace, skipBlanks, skipWord } from './blank.ts';

/** A stretch of a joined line. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Words between blanks; quotes mean nothing (FROM, COPY, EXPOSE). */
export function blankSeparated(line: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  for (let place = skipBlanks(line, start); place < line.length; place = skipBlanks(line, place)) {
    const end = skipWord(line, place);
    pieces.push({ start: place, end });
    place = end;
  }
  return pieces;
}

/** Words in which quotes and escapes keep blanks together (ENV, LABEL, ARG). */
export function quotedWords(line: string, start: number, escape: string): Piece[] {
  const pieces: Piece[] = [];
  let begin = -1;
  let quote = '';
  for (let index = start; index < line.length; index += 1) {
    const character = line[index] ?? '';
    if (quote === '' && isSpace(character)) {
      if (begin >= 0) pieces.push({ start: begin, end: index });
      begin = -1;
      continue;
    }
    if (begin < 0) begin = index;
    if (character === escape && quote !== "'") index += 1;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  if (begin >= 0) pieces.push({ start: begin, end: line.length });
  return pieces;
}
