import { invisible } from './invisible.ts';

/** Words that every shell reads as they stand. A leading `=` or `~` is not among them: zsh and others expand it. */
const plainWord = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * One word for a POSIX shell. A word with characters that cannot be seen becomes `$'…'` with escapes, so that it
 * stays one line and shows what it holds.
 */
export function shellWord(word: string): string {
  if (plainWord.test(word)) return word;
  if (word.search(invisible) === -1) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = word.replace(/[\\']/g, String.raw`\$&`).replace(invisible, octal);
  return `$'${escaped}'`;
}

/** A name as an argument that no program can take for an option. */
export function shellOperand(word: string): string {
  return word.startsWith('-') ? `-- ${shellWord(word)}` : shellWord(word);
}

function octal(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
