/** In the order of some text of theirs: the same image says the same, in whatever order its layers show their files. */
export function inOrder<T>(all: readonly T[], textOf: (each: T) => string): T[] {
  const texts = new Map(all.map((each) => [each, textOf(each)]));
  const before = (left: T, right: T) => (texts.get(left) ?? '') < (texts.get(right) ?? '');
  return all.toSorted((left, right) => (before(left, right) ? -1 : before(right, left) ? 1 : 0));
}
