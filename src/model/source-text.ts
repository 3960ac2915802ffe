/** A stretch of a text: offsets in UTF-16 code units, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Both counted from 1; columns in UTF-16 code units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A replacement of a stretch of a text; an empty stretch is an insertion. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Finds lines and columns in one text; the lines are counted once, when first asked. */
export interface LineIndex {
  positionAt(offset: number): Position;
  /** Offset at which a line begins; counted from 1. */
  startOfLine(line: number): number;
}

export function lineIndex(text: string): LineIndex {
  let starts: number[] | undefined;
  const lineStarts = () => (starts ??= startsOfLines(text));
  return {
    positionAt(offset) {
      const all = lineStarts();
      let [low, high] = [0, all.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((all[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (all[low] ?? 0) + 1 };
    },
    startOfLine: (line) => lineStarts()[line - 1] ?? text.length,
  };
}

/** Lines end with `\n`, `\r\n`, or a `\r` alone. */
function startsOfLines(text: string): number[] {
  const starts = [0];
  const ends = text.includes('\r') ? /\r\n?|\n/g : undefined;
  if (ends) for (const { index, 0: end } of text.matchAll(ends)) starts.push(index + end.length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The text with every edit made. Edits must not overlap; throws a RangeError when they do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, text: replacement } of ordered) {
    if (start < position || end < start || end > text.length) throw new RangeError(`edits overlap at ${start}`);
    parts.push(text.slice(position, start), replacement);
    position = end;
  }
  return [...parts, text.slice(position)].join('');
}

/** The line end that the text uses first; `\n` where it has none. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
