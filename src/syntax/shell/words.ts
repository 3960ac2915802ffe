import type { AssignmentPrefix, CommandArgument, DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { ShellAssignment, ShellWord } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import { JoinedText, type OffsetMap, spanThrough } from './offset-map.ts';

/** The place of a node; in what is not complete, the parser goes beyond the end of the text. */
export function spanOf(
  { pos, end }: { readonly pos: number; readonly end: number },
  source: string,
  map: OffsetMap,
): Span {
  return spanThrough(map, Math.min(pos, source.length), Math.min(end, source.length));
}

/** A word of the script; `source` is the text that its offsets count in. */
export function shellWord(word: Word, source: string, map: OffsetMap): ShellWord {
  const written = source.slice(word.pos, word.end);
  return {
    text: word.value,
    source: written,
    literal: (word.parts ?? []).every(isLiteral),
    quoted: (word.parts ?? []).some(isQuoted) || written.includes('\\'),
    span: spanOf(word, source, map),
  };
}

/** An argument that looks like an assignment (`export A=b`) is a word like any other. */
export function argumentWord(argument: CommandArgument, source: string, map: OffsetMap): ShellWord {
  if (argument.type === 'Word') return shellWord(argument, source, map);
  const { name, append, value, pos, end } = argument;
  const written = source.slice(pos, end);
  const assigned = value.type === 'Word' ? shellWord(value, source, map) : undefined;
  const operator = append ? '+=' : '=';
  return {
    text: assigned && argument.index === undefined ? `${name}${operator}${assigned.text}` : written,
    source: written,
    literal: assigned?.literal ?? false,
    quoted: assigned?.quoted ?? false,
    span: spanOf(argument, source, map),
  };
}

export function shellAssignment(assignment: AssignmentPrefix, source: string, map: OffsetMap): ShellAssignment {
  const { name, value } = assignment;
  const span = spanOf(assignment, source, map);
  if (value.type === 'Word') return { name, value: shellWord(value, source, map), span };
  const written = source.slice(value.pos, value.end);
  const words = { text: written, source: written, literal: false, quoted: false };
  return { name, value: { ...words, span: spanOf(value, source, map) }, span };
}

/** A word's text without quotes and escapes, that knows where each of its characters stands in the script. */
export function decodedWord(word: Word, source: string): JoinedText {
  const decoded = new JoinedText();
  if (!word.parts) addAligned(decoded, word.value, source.slice(word.pos, word.end), word.pos);
  for (const part of word.parts ?? []) addPart(decoded, part);
  return decoded;
}

function addPart(decoded: JoinedText, part: WordPart | DoubleQuotedChild): void {
  if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') {
    for (const child of part.parts) addPart(decoded, child);
  } else if (part.type === 'SingleQuoted') decoded.add(part.value, part.pos + 1);
  else if (part.type === 'AnsiCQuoted') addAligned(decoded, part.value, part.text.slice(2), part.pos + 2);
  else if (part.type === 'Literal' || part.type === 'Glob') addAligned(decoded, part.value, part.text, part.pos);
  else decoded.add(part.text, part.pos);
}

/** Adds `value`, which is `written` without some of its characters. */
export function addAligned(decoded: JoinedText, value: string, written: string, start: number): void {
  let from = 0;
  let place = 0;
  let begin = 0;
  for (let index = 0; index < value.length; index += 1) {
    const found = written.indexOf(value[index] ?? '', place);
    const at = found < 0 ? Math.min(place, Math.max(0, written.length - 1)) : found;
    if (index > from && at !== place) {
      decoded.add(value.slice(from, index), start + begin);
      from = index;
    }
    if (index === from) begin = at;
    place = at + 1;
  }
  if (from < value.length) decoded.add(value.slice(from), start + begin);
}

function isLiteral(part: WordPart | DoubleQuotedChild): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.every(isLiteral);
  return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted';
}

function isQuoted({ type }: WordPart): boolean {
  return type === 'SingleQuoted' || type === 'DoubleQuoted' || type === 'AnsiCQuoted' || type === 'LocaleString';
}
