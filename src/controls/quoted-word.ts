/** A word of a command as a person types it: in quotes where a shell would read more than letters into it. */
export function quotedWord(word: string): string {
  return /^[\w/.@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
