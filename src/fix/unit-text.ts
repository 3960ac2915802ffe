/** One `KEY=VALUE` of a unit file. */
export interface UnitAssignment {
  readonly section: string;
  readonly key: string;
  /** As written, continued lines joined and spaces around it gone; quotes, specifiers and variables are still there. */
  readonly value: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

/** Reads a unit file or a drop-in as systemd does. What it cannot make sense of is left out, as it is there. */
export function readUnitText(text: string): UnitAssignment[] {
  const assignments: UnitAssignment[] = [];
  let section = '';
  for (const { text: line, number } of logicalLines(text)) {
    const header = /^\[(.*)\]$/.exec(line);
    if (header) {
      section = header[1] ?? '';
      continue;
    }
    const at = line.indexOf('=');
    if (at === -1 || section === '') continue;
    assignments.push({ section, key: trim(line.slice(0, at)), value: trim(line.slice(at + 1)), line: number });
  }
  return assignments;
}

/**
 * A backslash at the end of a line becomes a space and the next line follows. Comments are left out, also between lines
 * that belong together.
 */
function* logicalLines(text: string): Generator<{ readonly text: string; readonly number: number }> {
  let continued: string | undefined;
  let start = 0;
  for (const [index, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r|\0/)
    .entries()) {
    const line = whole.replace(/^[ \t\n\r]+/, '');
    if (/^[#;]/.test(line)) continue;
    if (continued === undefined) start = index + 1;
    const joined: string = continued === undefined ? line : continued + whole;
    if (endsInBackslash(joined)) {
      continued = `${joined.slice(0, -1)} `;
      continue;
    }
    continued = undefined;
    yield { text: trim(joined), number: start };
  }
  if (continued !== undefined) yield { text: trim(continued), number: start };
}

/** One that no other backslash escapes. */
function endsInBackslash(line: string): boolean {
  return (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}

function trim(text: string): string {
  return text.replaceAll(/^[ \t\n\r]+|[ \t\n\r]+$/g, '');
}

/** One word of a command line, an assignment of `Environment=` or a variable's value. */
export interface UnitWord {
  /** As written, quotes and escapes included. */
  readonly raw: string;
  /** Without quotes and escapes. */
  readonly text: string;
  /** Where it is in the text, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a text at spaces as systemd does: quotes may stand anywhere in a word. `escapes`: a unit's own values know
 * `\x20` and `\s`, in a variable's value a backslash only takes the meaning from what follows it. `undefined` where a
 * quote is not closed.
 */
export function splitWords(text: string, escapes: 'c' | 'plain' = 'c'): UnitWord[] | undefined {
  const words: UnitWord[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(text[at])) at += 1;
    if (at >= text.length) return words;
    const start = at;
    let plain = '';
    let quote: string | undefined;
    while (at < text.length && (quote !== undefined || !isSpace(text[at]))) {
      const character = text[at] ?? '';
      if (character === '\\' && at + 1 < text.length) {
        const escape = escapes === 'c' ? unescape(text.slice(at)) : undefined;
        plain += escape?.text ?? (escapes === 'c' ? text.slice(at, at + 2) : (text[at + 1] ?? ''));
        at += escape?.length ?? 2;
        continue;
      }
      at += 1;
      if (character === quote) quote = undefined;
      else if (quote === undefined && (character === '"' || character === "'")) quote = character;
      else plain += character;
    }
    if (quote !== undefined) return undefined;
    words.push({ raw: text.slice(start, at), text: plain, start, end: at });
  }
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \t\n\r'.includes(character);
}

const singleEscapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** An escape at the beginning of a text; `undefined` for one that there is not: it stays as it is. */
function unescape(text: string): { readonly text: string; readonly length: number } | undefined {
  const single = singleEscapes[text[1] ?? ''];
  if (single !== undefined) return { text: single, length: 2 };
  const [whole, hexadecimal, short, long, octal] =
    /^\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([0-3][0-7]{2}))/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const code =
    octal === undefined ? Number.parseInt(hexadecimal ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  return code === 0 || code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), length: whole.length };
}
