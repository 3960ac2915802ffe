import type { Span } from '../../model/source-text.ts';
import { JoinedText } from '../shell/offset-map.ts';
import { skipBlanks, skipWord } from './blank.ts';
import { type Complaint, complaints } from './complaints.ts';
import { type Announced, announcedHeredocs } from './heredoc.ts';
import { readJsonArray } from './json-array.ts';
import { argumentsBehindFlags } from './flags.ts';

/** One instruction: its lines joined, comments and continuations taken out. */
export interface LogicalLine {
  /** Without blanks at its end. */
  readonly joined: JoinedText;
  readonly heredocs: readonly HeredocLines[];
  /** From its first letter to the end of its last line, here-documents included, without the line's end. */
  readonly span: Span;
}

export interface HeredocLines extends Announced {
  /** Its lines, without the one that ends it. */
  readonly body: Span;
  /** The line that ends it; absent where the file ends first. */
  readonly closing?: Span;
}

export interface DockerfileLines {
  readonly escape: '\\' | '`';
  readonly directives: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  readonly comments: readonly { readonly text: string; readonly span: Span }[];
  readonly lines: readonly LogicalLine[];
  readonly problems: readonly Complaint[];
}

/** A line of the file: `end` is where its line end begins, `next` where the next line does. */
interface FileLine extends Span {
  readonly next: number;
}

/** Takes a Dockerfile apart into instructions, as BuildKit's first pass does. */
export function readLines(text: string): DockerfileLines {
  const reader = new LineReader(text);
  reader.readDirectives();
  while (reader.readLine());
  return reader;
}

/** Goes through the file line by line; it holds the place and what was found. */
class LineReader implements DockerfileLines {
  escape: '\\' | '`' = '\\';
  readonly directives: { name: string; value: string; span: Span }[] = [];
  readonly comments: { text: string; span: Span }[] = [];
  readonly lines: LogicalLine[] = [];
  readonly problems: Complaint[] = [];
  readonly #text: string;
  #place = 0;
  #lines: ReadonlyMap<string, number> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Directives stand at the very top; the first line of another kind ends them. */
  readDirectives(): void {
    while (this.#place < this.#text.length) {
      const { start, end, next } = this.#lineAt(this.#place);
      const from = skipBlanks(this.#text, start, end);
      const [, name = '', rest = ''] = /^#\s*([A-Za-z][A-Za-z0-9]*)\s*=(.*)$/.exec(this.#text.slice(from, end)) ?? [];
      const directive = { name: name.toLowerCase(), value: rest.trim(), span: { start: from, end } };
      if (!['syntax', 'escape', 'check'].includes(directive.name) || directive.value === '') return;
      this.#addDirective(directive);
      this.#place = next;
    }
  }

  #addDirective(directive: { name: string; value: string; span: Span }): void {
    const { name, value, span } = directive;
    if (this.directives.some((each) => each.name === name)) {
      this.problems.push({ message: complaints.directiveTwice(name), span });
    }
    this.directives.push(directive);
    if (name !== 'escape') return;
    if (value === '\\' || value === '`') this.escape = value;
    else this.problems.push({ message: complaints.escapeCharacter(), span });
  }

  /** Reads up to the end of the next instruction; `false` at the end of the file. */
  readLine(): boolean {
    if (this.#place >= this.#text.length) return false;
    const first = this.#nextLine();
    const start = skipBlanks(this.#text, first.start, first.end);
    if (this.#addComment(start, first.end) || start === first.end) return true;
    const joined = new JoinedText();
    let end = first.end;
    let continued = this.#addPart(joined, start, first.end);
    while (continued && this.#place < this.#text.length) {
      const line = this.#nextLine();
      const from = skipBlanks(this.#text, line.start, line.end);
      if (this.#addComment(from, line.end) || from === line.end) continue;
      continued = this.#addPart(joined, line.start, line.end);
      ({ end } = line);
    }
    this.#addLine(joined, start, end);
    return true;
  }

  #addLine(joined: JoinedText, start: number, end: number): void {
    const blanks = skipBlanks(joined.text, 0);
    if (blanks === joined.length) return;
    const heredocs = this.#announced(joined.text).flatMap((each) => this.#readHeredoc(each, { start, end }) ?? []);
    const last = heredocs.at(-1);
    const from = joined.at(blanks);
    this.lines.push({
      joined,
      heredocs,
      span: { start: from, end: last ? (last.closing ?? last.body).end : Math.max(from, end) },
    });
  }

  /** Only RUN, COPY and ADD have here-documents, and only where they are not in JSON form. */
  #announced(line: string): Announced[] {
    if (!line.includes('<<')) return [];
    let start = skipBlanks(line, 0);
    let keyword = line.slice(start, skipWord(line, start)).toLowerCase();
    while (keyword === 'onbuild') {
      start = skipBlanks(line, start + keyword.length);
      keyword = line.slice(start, skipWord(line, start)).toLowerCase();
    }
    if (!['run', 'copy', 'add'].includes(keyword)) return [];
    const rest = line.slice(argumentsBehindFlags(line, start + keyword.length));
    return readJsonArray(rest).kind === 'strings' ? [] : announcedHeredocs(line);
  }

  #readHeredoc(announced: Announced, line: Span): HeredocLines | undefined {
    const start = this.#place;
    // What can be no here-document, a shift in an expression of the shell, is not searched for line by line.
    if (announced.spaced && (this.#lastLines().get(announced.name) ?? -1) < start) return undefined;
    while (this.#place < this.#text.length) {
      const each = this.#nextLine();
      let from = each.start;
      while (announced.stripTabs && this.#text[from] === '\t') from += 1;
      if (this.#text.slice(from, each.end) === announced.name) {
        return { ...announced, body: { start, end: each.start }, closing: { start: each.start, end: each.end } };
      }
    }
    this.problems.push({ message: complaints.heredocOpen(announced.name), span: line });
    return { ...announced, body: { start, end: this.#text.length } };
  }

  /** Where each line stands for the last time. */
  #lastLines(): ReadonlyMap<string, number> {
    if (this.#lines) return this.#lines;
    const lines = new Map<string, number>();
    for (let line = this.#lineAt(0); line.start < this.#text.length; line = this.#lineAt(line.next)) {
      lines.set(this.#text.slice(line.start, line.end), line.start);
    }
    this.#lines = lines;
    return lines;
  }

  /** Adds a line's text, and says whether the next line goes on with it. */
  #addPart(joined: JoinedText, start: number, end: number): boolean {
    let last = end;
    while (last > start && (this.#text[last - 1] === ' ' || this.#text[last - 1] === '\t')) last -= 1;
    const escaped = last > start && this.#text[last - 1] === this.escape;
    // An escape character that is itself escaped continues nothing.
    const continues = escaped && (last - 1 === start || this.#text[last - 2] !== this.escape);
    joined.add(this.#text.slice(start, continues ? last - 1 : end), start);
    return continues;
  }

  #addComment(start: number, end: number): boolean {
    if (start >= end || this.#text[start] !== '#') return false;
    this.comments.push({ text: this.#text.slice(start + 1, end).trim(), span: { start, end } });
    return true;
  }

  #nextLine(): FileLine {
    const line = this.#lineAt(this.#place);
    this.#place = line.next;
    return line;
  }

  #lineAt(start: number): FileLine {
    const found = this.#text.indexOf('\n', start);
    const next = found < 0 ? this.#text.length : found + 1;
    let end = found < 0 ? this.#text.length : found;
    while (end > start && this.#text[end - 1] === '\r') end -= 1;
    return { start, end, next };
  }
}
