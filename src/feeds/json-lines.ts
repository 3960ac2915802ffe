import type { FileContent } from '../model/file-tree.ts';
import type { JsonValue } from '../model/json.ts';
import { readJson } from './read-json.ts';
import { type LineOptions, textLines } from './text-lines.ts';

/** Lines as values, and how many of them were left out the last time. */
export interface CountedLines {
  /** @throws PlimsollError as `textLines` does */
  readonly lines: () => AsyncIterable<JsonValue>;
  readonly skipped: () => number;
}

/** What a line that belongs to its file says where it says nothing: a heading, a comment. */
export const noLine = Symbol('no line');

/** What a line says; undefined where it is not as it must be. */
export type LineReader = (line: Buffer) => JsonValue | undefined | typeof noLine;

/**
 * @param open - asked when the lines are
 * @param reader - of one file's lines, from the first one on
 */
export function countedLines(
  open: () => FileContent,
  options: Omit<LineOptions, 'onLong'>,
  reader: () => LineReader,
): CountedLines {
  let skipped = 0;
  return { lines, skipped: () => skipped };

  async function* lines(): AsyncGenerator<JsonValue, void> {
    skipped = 0;
    const read = reader();
    const onLong = () => {
      skipped += 1;
    };
    for await (const some of textLines(open(), { ...options, onLong })) {
      for (const line of some) {
        const value = read(line);
        if (value === undefined) skipped += 1;
        else if (value !== noLine) yield value;
      }
    }
  }
}

/** Each line is JSON. */
export function jsonLineReader(): LineReader {
  return (line) => {
    const reading = readJson(line);
    return 'value' in reading ? reading.value : undefined;
  };
}
