import { isSpace, skipBlanks } from './blank.ts';

/** A here-document as the words of its line announce it. */
export interface Announced {
  readonly name: string;
  /** No part of its name is quoted. */
  readonly expand: boolean;
  /** `<<-`: tabs at the beginning of its lines do not count. */
  readonly stripTabs: boolean;
  /** `<< EOF`: only newer versions of BuildKit take it for one. */
  readonly spaced: boolean;
}

/**
 * The here-documents that a line announces. BuildKit takes words apart at blanks only: `<<EOF>file` announces one
 * that ends with a line `EOF>file`.
 */
export function announcedHeredocs(line: string): Announced[] {
  if (!line.includes('<<')) return [];
  return wordsOf(line).flatMap((word) => announcedBy(word) ?? []);
}

/** What one word announces; `undefined` where it is an ordinary word. */
export function announcedBy(word: string): Announced | undefined {
  const [, dash, rest = ''] = /^\d*<<(-?)([^<]*)$/.exec(word) ?? [];
  const start = skipBlanks(rest, 0);
  const name = unquoted(rest.slice(start));
  if (!name || name.text === '') return undefined;
  return { name: name.text, expand: !name.quoted, stripTabs: dash === '-', spaced: start > 0 };
}

/** Words with their quotes; a quote or a backslash keeps blanks together, and blanks behind `<<` belong to the word. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let start = -1;
  let quote = '';
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? '';
    if (quote === '' && isSpace(character)) {
      if (start >= 0) words.push(line.slice(start, index));
      start = -1;
      continue;
    }
    if (start < 0) start = index;
    if (character === '\\' && quote !== "'") index += 1;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else if (quote === '' && character === '<' && line[index + 1] === '<') index = skipBlanks(line, index + 2) - 1;
  }
  // With a quote that is never closed, BuildKit finds no words at all.
  if (quote !== '') return [];
  if (start >= 0) words.push(line.slice(start));
  return words;
}

function unquoted(word: string): { readonly text: string; readonly quoted: boolean } | undefined {
  let text = '';
  let quote = '';
  let quoted = false;
  for (let index = 0; index < word.length; index += 1) {
    const character = word[index] ?? '';
    if (quote === '' && isSpace(character)) return undefined;
    if (character === '\\' && quote !== "'") {
      const next = word[index + 1] ?? '';
      if (quote === '"' && next !== '"' && next !== '$' && next !== '\\') text += character;
      text += next;
      index += 1;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      quoted = true;
    } else if (character === quote) quote = '';
    else text += character;
  }
  return quote === '' ? { text, quoted } : undefined;
}
