import type { Text } from '../../model/text.ts';
import { complaints } from './complaints.ts';
import { replacePattern, trimPattern } from './pattern.ts';

/**
 * What a name stands for: its value; `null` where it has one that nobody can tell before the build; `undefined` where
 * nothing sets it.
 */
export type Lookup = (name: string) => string | null | undefined;

export interface Expanded {
  /** Absent where a variable in it has no value, or where BuildKit refuses the word. */
  readonly value?: string;
  readonly variable: boolean;
  /** Why BuildKit refuses it. */
  readonly error?: Text;
}

/** Takes quotes and escapes away and replaces variables, as BuildKit does. */
export function expandWord(word: string, lookup: Lookup, escape: string): Expanded {
  if (!/[$'"\\`]/.test(word)) return { value: word, variable: false };
  const reader = new WordReader(word, lookup, escape);
  try {
    const value = reader.read('', false);
    return { variable: reader.variable, ...(reader.unknown ? {} : { value }) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { variable: reader.variable, error: error.reason };
  }
}

class Refused extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super(reason.en);
    this.reason = reason;
  }
}

/** More braces within braces than anybody writes: an attack on the stack. */
const deepest = 100;

/** Reads one word; it holds the place in it. */
class WordReader {
  variable = false;
  unknown = false;
  readonly #word: string;
  readonly #lookup: Lookup;
  readonly #escape: string;
  #place = 0;
  #depth = 0;

  constructor(word: string, lookup: Lookup, escape: string) {
    this.#word = word;
    this.#lookup = lookup;
    this.#escape = escape;
  }

  /** Up to `stop`, which is passed over; up to the end where it is empty. */
  read(stop: string, rawEscapes: boolean): string {
    let result = '';
    while (this.#place < this.#word.length) {
      const character = this.#word[this.#place] ?? '';
      if (character === stop) {
        this.#place += 1;
        return result;
      }
      if (character === "'") result += this.#singleQuoted();
      else if (character === '"') result += this.#doubleQuoted(rawEscapes);
      else if (character === '$') result += this.#dollar();
      else if (character === this.#escape) {
        result += (rawEscapes ? character : '') + (this.#word[this.#place + 1] ?? '');
        this.#place += 2;
      } else {
        result += character;
        this.#place += 1;
      }
    }
    if (stop !== '') throw new Refused(complaints.braceOpen(stop));
    return result;
  }

  #singleQuoted(): string {
    const end = this.#word.indexOf("'", this.#place + 1);
    if (end < 0) throw new Refused(complaints.quoteOpen("'"));
    const content = this.#word.slice(this.#place + 1, end);
    this.#place = end + 1;
    return content;
  }

  #doubleQuoted(rawEscapes: boolean): string {
    let result = '';
    this.#place += 1;
    while (this.#place < this.#word.length) {
      const character = this.#word[this.#place] ?? '';
      if (character === '"') {
        this.#place += 1;
        return result;
      }
      if (character === '$') {
        result += this.#dollar();
        continue;
      }
      this.#place += 1;
      if (character !== this.#escape) result += character;
      else {
        const next = this.#word[this.#place] ?? '';
        const escapes = next === '"' || next === '$' || next === this.#escape;
        result += (rawEscapes || !escapes ? character : '') + (escapes ? next : '');
        if (escapes) this.#place += 1;
      }
    }
    throw new Refused(complaints.quoteOpen('"'));
  }

  #dollar(): string {
    this.#place += 1;
    if (this.#word[this.#place] !== '{') {
      const name = this.#name();
      if (name === '') return '$';
      this.variable = true;
      return this.#known(this.#lookup(name));
    }
    this.variable = true;
    this.#place += 1;
    this.#depth += 1;
    if (this.#depth > deepest) throw new Refused(complaints.tooDeep());
    const result = this.#braces();
    this.#depth -= 1;
    return result;
  }

  #braces(): string {
    const name = this.#name();
    if (name === '') throw new Refused(complaints.namelessVariable());
    const operator = this.#word[this.#place] ?? '';
    this.#place += 1;
    if (operator === '}') return this.#known(this.#lookup(name));
    if (operator === ':') {
      const second = this.#word[this.#place] ?? '';
      this.#place += 1;
      return this.#choice(name, second, true);
    }
    if (operator === '/') return this.#replacement(name);
    if (operator === '#' || operator === '%') return this.#trimmed(name, operator);
    return this.#choice(name, operator, false);
  }

  /** `-`, `+` and `?`; an empty value counts as none where a colon stands before them. */
  #choice(name: string, operator: string, orEmpty: boolean): string {
    if (operator === '' || !'-+?'.includes(operator)) throw new Refused(complaints.modifier(operator, name));
    const outside = this.unknown;
    const word = this.read('}', false);
    const inside = this.unknown;
    this.unknown = outside;
    const value = this.#lookup(name);
    if (value === null) return operator === '+' ? this.#taken(word, inside) : this.#known(null);
    const isSet = value !== undefined && !(orEmpty && value === '');
    if (operator === '+') return isSet ? this.#taken(word, inside) : '';
    if (isSet) return value;
    return operator === '-' ? this.#taken(word, inside) : this.#known(undefined);
  }

  #taken(word: string, unknown: boolean): string {
    this.unknown = unknown;
    return word;
  }

  #trimmed(name: string, operator: '#' | '%'): string {
    const longest = this.#word[this.#place] === operator;
    if (longest) this.#place += 1;
    const pattern = this.read('}', true);
    return this.#known(trimPattern(this.#known(this.#lookup(name)), pattern, operator, longest));
  }

  #replacement(name: string): string {
    const everywhere = this.#word[this.#place] === '/';
    if (everywhere) this.#place += 1;
    const pattern = this.read('/', true);
    const replacement = this.read('}', true);
    return this.#known(replacePattern(this.#known(this.#lookup(name)), pattern, replacement, everywhere));
  }

  #known(value: string | null | undefined): string {
    if (typeof value === 'string') return value;
    this.unknown = true;
    return '';
  }

  /** Letters, digits and `_`; digits alone, or one of the shell's special parameters. */
  #name(): string {
    const rest = /(?:\d+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*)/uy;
    rest.lastIndex = this.#place;
    const [name = ''] = rest.exec(this.#word) ?? [];
    this.#place += name.length;
    return name;
  }
}
