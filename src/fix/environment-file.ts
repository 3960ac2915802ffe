import { splitWords } from './unit-text.ts';

/** One variable of a file that `EnvironmentFile=` names. */
export interface FileVariable {
  readonly name: string;
  readonly value: string;
  /** Where each character of the value is in the file, and at the end where the next one would be. */
  readonly places: readonly number[];
  /** From 1. */
  readonly line: number;
}

/** Reads such a file as systemd does: quotes, escapes and continued lines as in a shell, but nothing is expanded. */
export function readEnvironmentText(text: string): FileVariable[] {
  const variables: FileVariable[] = [];
  const reader = new Reader(text);
  while (!reader.isAtEnd()) {
    const variable = reader.nextVariable();
    if (variable && /^[A-Za-z_]\w*$/.test(variable.name)) variables.push(variable);
  }
  return variables;
}

class Reader {
  readonly #text: string;
  #at = 0;
  #value = '';
  #places: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** `undefined` for a comment and for a line without `=`. */
  nextVariable(): FileVariable | undefined {
    while (/^\s$/.test(this.#here())) this.#at += 1;
    const start = this.#at;
    if (/^[#;]$/.test(this.#here())) {
      this.#toEndOfLine();
      return undefined;
    }
    while (!this.isAtEnd() && this.#here() !== '=' && !this.#isNewline()) this.#at += 1;
    if (this.#here() !== '=') return undefined;
    const name = this.#text.slice(start, this.#at).trimEnd();
    this.#at += 1;
    this.#readValue();
    const line = this.#text.slice(0, start).split(/\r\n|\n|\r/).length;
    return { name, value: this.#value, places: [...this.#places, this.#at], line };
  }

  #readValue(): void {
    this.#value = '';
    this.#places = [];
    while (!this.isAtEnd() && !this.#isNewline()) {
      const character = this.#here();
      if (character === "'") this.#readSingleQuoted();
      else if (character === '"') this.#readDoubleQuoted();
      else if (/^\s$/.test(character)) this.#at += 1;
      else this.#readBare();
    }
  }

  /** To the end of the line: a quote within it is a character like any other. */
  #readBare(): void {
    // Spaces at the end do not count, but for those before and in an escape.
    let end = this.#value.length;
    while (!this.isAtEnd() && !this.#isNewline()) {
      const isEscape = this.#here() === '\\';
      if (isEscape && (this.#isNewline(1) || this.#at + 1 >= this.#text.length)) {
        this.#at += 2;
        end = this.#value.length;
        continue;
      }
      if (isEscape || !/^\s$/.test(this.#here())) end = this.#value.length + 1;
      this.#take(isEscape ? 2 : 1);
    }
    this.#value = this.#value.slice(0, end);
    this.#places.length = end;
  }

  #readSingleQuoted(): void {
    this.#at += 1;
    while (!this.isAtEnd() && this.#here() !== "'") this.#take(1);
    this.#at += 1;
  }

  #readDoubleQuoted(): void {
    this.#at += 1;
    while (!this.isAtEnd() && this.#here() !== '"') {
      if (this.#here() !== '\\') this.#take(1);
      else if (this.#isNewline(1)) this.#at += 2;
      else if ('"\\`$'.includes(this.#here(1))) this.#take(2);
      else {
        this.#take(1);
        if (!this.isAtEnd()) this.#take(1);
      }
    }
    this.#at += 1;
  }

  /** The last of so many characters belongs to the value. */
  #take(length: number): void {
    this.#value += this.#here(length - 1);
    this.#places.push(this.#at);
    this.#at += length;
  }

  #toEndOfLine(): void {
    while (!this.isAtEnd() && !this.#isNewline()) this.#at += 1;
  }

  #here(further = 0): string {
    return this.#text.charAt(this.#at + further);
  }

  #isNewline(further = 0): boolean {
    return /^[\n\r]$/.test(this.#here(further));
  }
}

/**
 * The file without some words of a variable's value, by position; everything else byte for byte. `undefined` where
 * that cannot be done: what was written is read again, and must say what it should.
 */
export function withoutWords(text: string, name: string, positions: ReadonlySet<number>): string | undefined {
  const variables = readEnvironmentText(text);
  const index = variables.findLastIndex((each) => each.name === name);
  const variable = variables[index];
  const words = variable && splitWords(variable.value, 'plain');
  if (!variable || !words) return undefined;
  let next = text;
  for (const position of [...positions].toSorted((left, right) => right - left)) {
    const word = words[position];
    const from = word && variable.places[word.start];
    const last = word && variable.places[word.end - 1];
    if (from === undefined || last === undefined) return undefined;
    next = cut(next, from, last + (next[last] === '\\' ? 2 : 1));
  }
  const kept = words.filter((_, position) => !positions.has(position)).map((word) => word.text);
  return isAsMeant(variables, readEnvironmentText(next), index, kept) ? next : undefined;
}

/** Takes a word out with the spaces before it, and with the whole line where nothing else is on it. */
function cut(text: string, from: number, to: number): string {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const isFirst = /(?:^|[\n\r])[ \t]*$/.test(before);
  const rest = /^[ \t]*(?:\\?(?:\r\n|\n|\r))/.exec(after);
  // On a line of its own, which the one before it continues into.
  if (isFirst && rest && /\\/.test(rest[0])) return before.replace(/[ \t]*$/, '') + after.slice(rest[0].length);
  if (isFirst || /["'=]$/.test(before)) return before + after.replace(/^[ \t]+/, '');
  return before.replace(/[ \t]+$/, '') + after;
}

function isAsMeant(
  before: readonly FileVariable[],
  after: readonly FileVariable[],
  index: number,
  kept: readonly string[],
): boolean {
  return (
    after.length === before.length &&
    after.every((variable, position) => {
      if (variable.name !== before[position]?.name) return false;
      if (position !== index) return variable.value === before[position].value;
      const words = splitWords(variable.value, 'plain')?.map((word) => word.text);
      return JSON.stringify(words) === JSON.stringify(kept);
    })
  );
}
