/** What a line of a diff is, for its colour; undefined: a line around those that change. */
export function diffPaint(line: string): 'added' | 'removed' | 'place' | undefined {
  if (/^(?:@@|---|\+\+\+|===|Index: )/.test(line) && !/^(?:---|\+\+\+)\S/.test(line)) return 'place';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : undefined;
}
