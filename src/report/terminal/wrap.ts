import { eastAsianWidth } from 'get-east-asian-width';

/**
 * Columns that a text takes on a terminal: Chinese characters take two. Marks that join or select characters have been
 * written out before (see `visible.ts`), so that no more than this is left to know; `string-width`, which knows more,
 * takes longer to load than a whole report to render.
 */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (!combining.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

/** Marks that stand on the character before. */
const combining = /^\p{M}$/u;

/** Fills a text up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Cuts a text to at most `width` columns, with an ellipsis where something was cut off. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let result = '';
  let used = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width - 1) break;
    result += character;
  }
  return `${result}…`;
}

/** Cuts a text's beginning off, which is what tells least of a path. */
export function cutStartTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let result = '';
  let used = 0;
  for (const character of Array.from(text).toReversed()) {
    used += widthOf(character);
    if (used > width - 1) break;
    result = character + result;
  }
  return `…${result}`;
}

/**
 * The pieces of a text that stay on one line: a word, or one Chinese character. Punctuation stays with what it
 * closes or opens, as Chinese typesetting wants it.
 */
const opening = '（《“‘「【';
const closing = '，。；：！？、）》”’」】';
const pieces = new RegExp(
  String.raw`\s+|[${opening}]*(?:\p{Script=Han}|[^\s\p{Script=Han}${opening}${closing}]+)[${closing}]*|[${opening}${closing}]+`,
  'gu',
);

/** Breaks a text into lines of at most `width` columns: at spaces, between Chinese characters, and inside a word only when it is wider than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [piece] of text.matchAll(pieces)) {
    if (widthOf(line + piece.trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = piece.trimStart();
    while (widthOf(line) > width) {
      const head = headOf(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** The longest beginning that fits: for words that are wider than a line. */
function headOf(text: string, width: number): string {
  let head = '';
  for (const character of text) {
    if (widthOf(head + character) > width) break;
    head += character;
  }
  return head || text.slice(0, 1);
}
