import type { PairsInstruction, Word } from '../../../model/dockerfile.ts';
import { skipBlanks, skipWord } from '../../../syntax/dockerfile/blank.ts';
import { complaints } from '../../../syntax/dockerfile/complaints.ts';
import { type Piece, quotedWords } from '../../../syntax/dockerfile/pieces.ts';
import type { InstructionLine } from './line-reader.ts';

type Pair = PairsInstruction['pairs'][number];

/**
 * The pairs of ENV, LABEL and ARG. Without a `=` in its first word, ENV and LABEL are of the old form: one name, and all
 * the rest. `onPair` is told each pair before the next is read, as what ARG sets holds from there on.
 */
export function readPairs(
  line: InstructionLine,
  keyword: 'env' | 'label' | 'arg',
  escape: string,
  onPair: (pair: Pair) => void = () => {},
): Pair[] {
  const pieces = quotedWords(line.line.slice(0, line.rest.end), line.rest.start, escape);
  const [first] = pieces;
  if (!first) return [];
  if (keyword !== 'arg' && !line.textOf(first).includes('=')) return oldForm(line, keyword);
  return pieces.flatMap((piece) => {
    const text = line.textOf(piece);
    const equals = text.indexOf('=');
    if (equals < 0 && keyword !== 'arg') {
      line.problem(complaints.noPair(text), line.spanOf(piece));
      return [];
    }
    const split = equals < 0 ? piece.end : piece.start + equals;
    if (split === piece.start) line.problem(complaints.pairNameless(), line.spanOf(piece));
    const name = { start: piece.start, end: split };
    const pair = pairOf(line, name, equals < 0 ? undefined : { start: split + 1, end: piece.end });
    onPair(pair);
    return [pair];
  });
}

function oldForm(line: InstructionLine, keyword: string): Pair[] {
  const name = { start: line.rest.start, end: skipWord(line.line, line.rest.start) };
  const start = skipBlanks(line.line, name.end);
  if (start < line.rest.end) return [pairOf(line, name, { start, end: line.rest.end })];
  line.problem(complaints.pairIncomplete(keyword.toUpperCase()), line.spanOf(line.rest));
  return [pairOf(line, name)];
}

function pairOf(line: InstructionLine, name: Piece, value?: Piece): Pair {
  const word: Word | undefined = value && line.expanded(value);
  return {
    name: line.expanded(name),
    ...(word ? { value: word } : {}),
    span: line.spanOf({ start: name.start, end: value?.end ?? name.end }),
  };
}
