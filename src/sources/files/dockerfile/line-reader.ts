import type { Flag, Heredoc, PairsInstruction, Word } from '../../../model/dockerfile.ts';
import type { Span } from '../../../model/source-text.ts';
import type { Text } from '../../../model/text.ts';
import { skipBlanks, skipWord, trimmedEnd } from '../../../syntax/dockerfile/blank.ts';
import { type Complaint, complaints } from '../../../syntax/dockerfile/complaints.ts';
import { expandWord } from '../../../syntax/dockerfile/expand.ts';
import { type FlagPiece, readFlags } from '../../../syntax/dockerfile/flags.ts';
import { type JsonArray, type JsonString, readJsonArray } from '../../../syntax/dockerfile/json-array.ts';
import type { HeredocLines, LogicalLine } from '../../../syntax/dockerfile/lines.ts';
import type { Piece } from '../../../syntax/dockerfile/pieces.ts';
import { type OffsetMap, spanThrough } from '../../../syntax/shell/offset-map.ts';
import type { Scope } from './scope.ts';

/** What an instruction is read with. */
export interface Reader {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly scope: Scope;
  readonly problems: Complaint[];
  /** Told every name of an ARG, before the next one is read. */
  readonly onArgument: (pair: PairsInstruction['pairs'][number]) => void;
}

/** One instruction's line, with its keyword and flags taken off. */
export class InstructionLine {
  readonly line: string;
  readonly map: OffsetMap;
  readonly span: Span;
  readonly keyword: Piece;
  readonly flagPieces: readonly FlagPiece[];
  /** Where its arguments begin and end. */
  readonly rest: Piece;
  readonly heredocLines: readonly HeredocLines[];
  readonly #reader: Reader;

  constructor(logical: LogicalLine, reader: Reader, start = 0) {
    this.line = logical.joined.text;
    this.map = logical.joined;
    this.heredocLines = logical.heredocs;
    this.#reader = reader;
    const begin = skipBlanks(this.line, start);
    this.keyword = { start: begin, end: skipWord(this.line, begin) };
    const { flags, rest } = readFlags(this.line, this.keyword.end);
    this.flagPieces = flags;
    this.rest = { start: rest, end: trimmedEnd(this.line, rest) };
    this.span = { start: this.map.at(begin), end: logical.span.end };
  }

  get name(): string {
    return this.textOf(this.keyword);
  }

  get isEmpty(): boolean {
    return this.rest.start >= this.rest.end;
  }

  textOf({ start, end }: Piece): string {
    return this.line.slice(start, end);
  }

  spanOf({ start, end }: Piece): Span {
    return spanThrough(this.map, start, end);
  }

  /** Of the keyword, the natural place for what is missing. */
  get keywordSpan(): Span {
    return this.spanOf(this.keyword);
  }

  problem(message: Text, span: Span = this.keywordSpan): void {
    this.#reader.problems.push({ message, span });
  }

  /** A word in which variables are replaced. */
  expanded(piece: Piece, written = this.textOf(piece), scope = this.#reader.scope): Word {
    const { value, variable, error } = expandWord(written, scope.lookup, this.#reader.escape);
    const span = this.spanOf(piece);
    if (error !== undefined) this.problem(error, span);
    return { text: withoutQuotes(written), ...(value === undefined ? {} : { value }), variable, span };
  }

  /** A string of the JSON form in which variables are replaced. */
  expandedJson({ value, start, end }: JsonString): Word {
    return { ...this.expanded({ start, end }, value), text: this.line.slice(start + 1, end - 1) };
  }

  /** A word that stands as it is written. */
  plain(piece: Piece, value = this.textOf(piece)): Word {
    return { text: withoutQuotes(this.textOf(piece)), value, variable: false, span: this.spanOf(piece) };
  }

  flags(): Flag[] {
    return this.flagPieces.map((piece) => {
      const { name, value, valueStart, start, end } = piece;
      const word = value === undefined ? undefined : this.#flagValue(name, { start: valueStart, end }, value);
      return { name: name.toLowerCase(), ...(word ? { value: word } : {}), span: this.spanOf({ start, end }) };
    });
  }

  /** BuildKit replaces no variables in the name of a stage. */
  #flagValue(name: string, piece: Piece, written: string): Word {
    const word = { ...this.expanded(piece, written), text: written };
    if (name !== 'from' || !word.variable) return word;
    this.problem(complaints.noVariableInFrom(), word.span);
    const { value: _value, ...unresolved } = word;
    return unresolved;
  }

  heredocs(): Heredoc[] {
    return this.heredocLines.map(({ name, expand, stripTabs, body }) => {
      const content = this.#reader.text.slice(body.start, body.end);
      return { name, expand, content: stripTabs ? content.replaceAll(/^\t+/gm, '') : content, span: body };
    });
  }

  /** The arguments in JSON form, with places in the line. */
  json(start = this.rest.start): JsonArray {
    const array = readJsonArray(this.line.slice(start));
    if (array.kind === 'mixed') {
      this.problem(complaints.notOnlyStrings(), this.spanOf({ start, end: this.rest.end }));
    }
    if (array.kind !== 'strings') return array;
    const strings = array.strings.map((each) => ({ ...each, start: start + each.start, end: start + each.end }));
    return { kind: 'strings', strings };
  }
}

function withoutQuotes(written: string): string {
  const quote = written[0];
  if ((quote !== '"' && quote !== "'") || written.length < 2 || written.at(-1) !== quote) return written;
  const inner = written.slice(1, -1);
  return inner.includes(quote) && !(quote === '"' && /^(?:[^"\\]|\\.)*$/s.test(inner)) ? written : inner;
}
