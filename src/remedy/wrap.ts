import stringWidth from 'string-width';

/**
 * The pieces of a text that stay on one line: a word, or one wide character. Punctuation stays with what it
 * closes or opens, as Chinese typesetting wants it.
 */
const opening = '（《“‘「【';
const closing = '，。；：！？、）》”’」】';
const pieces = new RegExp(
  String.raw`\s+|[${opening}]*(?:\p{Script=Han}|[^\s\p{Script=Han}${opening}${closing}]+)[${closing}]*|[${opening}${closing}]+`,
  'gu',
);

/** A text in lines of at most `width` columns; a word that is wider by itself stands alone. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [piece] of text.matchAll(pieces)) {
    if (line !== '' && stringWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}
