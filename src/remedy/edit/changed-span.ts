import type { TextEdit } from '../../model/source-text.ts';

/** What turns one text into another, as one edit: all between the first difference and the last. */
export function changedSpan(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

/** As many edits as do not touch each other, those in front first. */
export function apart<T extends { readonly edit: TextEdit }>(changes: readonly T[]): T[] {
  const chosen: T[] = [];
  let end = -1;
  for (const change of changes.toSorted((left, right) => left.edit.start - right.edit.start)) {
    if (change.edit.start <= end) continue;
    chosen.push(change);
    ({ end } = change.edit);
  }
  return chosen;
}
