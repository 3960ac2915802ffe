import stringWidth from 'string-width';

/** Columns that a text takes on a terminal: Chinese characters take two. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

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

const breakable = /\p{Script=Han}|[，。；：、！？（）“”]/u;
/** Punctuation that may not begin a line. */
const closing = /^[，。；：、！？）”]/u;

/** Breaks a text into lines of at most `width` columns: at spaces, and between Chinese characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    const fits = widthOf(line + piece.trimEnd()) <= width;
    if (fits || closing.test(piece)) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = piece;
    while (widthOf(line.trimEnd()) > width) {
      const head = headOf(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** Words with the spaces after them, and Chinese characters one by one. */
function pieces(text: string): string[] {
  const result: string[] = [];
  for (const word of text.match(/\S+\s*|\s+/g) ?? []) {
    let current = '';
    for (const character of word) {
      if (breakable.test(character)) {
        if (current) result.push(current);
        result.push(character);
        current = '';
      } else if (character === ' ' && current === '' && result.length > 0) {
        result[result.length - 1] += character;
      } else current += character;
    }
    if (current) result.push(current);
  }
  return result;
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
