const blank = /^[\t\v\f\r ]$/;
const space = /^\s$|^\u0085$/;

/** A blank within a line, as BuildKit separates a keyword, and words that cannot be quoted. */
export function isBlank(character: string): boolean {
  return blank.test(character);
}

/** What separates words that can be quoted: a no-break space too. */
export function isSpace(character: string): boolean {
  return space.test(character);
}

/** The first offset from `start` on that is no blank; `end` where there is none. */
export function skipBlanks(text: string, start: number, end = text.length): number {
  let index = start;
  while (index < end && isBlank(text[index] ?? '')) index += 1;
  return index;
}

/** The first offset from `start` on that is a blank; `end` where there is none. */
export function skipWord(text: string, start: number, end = text.length): number {
  let index = start;
  while (index < end && !isBlank(text[index] ?? '')) index += 1;
  return index;
}

/** The offset behind the last character before `end` that is no blank. */
export function trimmedEnd(text: string, start: number, end = text.length): number {
  let index = end;
  while (index > start && isBlank(text[index - 1] ?? '')) index -= 1;
  return index;
}
