import { parse, TomlError } from 'smol-toml';
import { isObject, type JsonObject, listIn } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { type CatalogedFile, CatalogerError } from '../cataloger.ts';

/** Bytes; the largest lock files of TOML that are known have a tenth of it. */
export const tomlLimit = 32 * 1024 ** 2;

/** Characters of one table; one with a thousand files of a package has a fifth of it. */
const longestTable = 1024 ** 2;

/** Dots, brackets, commas and the like of one table: whatever a parser makes a value of. */
const mostMarks = 100_000;

/** Tables of one list; more packages than any project has. */
const mostTables = 100_000;

/** Dots of one key, each a table deeper. */
const mostDots = 500;

/**
 * The tables of a list such as `[[package]]`, one after the other: as a whole, a lock file would take many times its size. What
 * cannot be read of them is told to `gap`, and the others still are.
 *
 * @throws CatalogerError where there is no such table and the file is no TOML
 */
export function* readTables(file: CatalogedFile, name: string, gap: (reason: Text) => void): Generator<JsonObject> {
  const text = file.text();
  const heading = new RegExp(String.raw`^\[\[${name}\]\][ \t]*(?:#.*)?\r?$`, 'gm');
  let before = heading.exec(text);
  if (!before) {
    parsed(text, 1);
    return;
  }
  let line = 1;
  let counted = 0;
  for (let count = 1; before; count += 1) {
    if (count > mostTables) {
      gap({ en: `it has more than ${mostTables} tables`, zh: `表的数量超过 ${mostTables} 个` });
      return;
    }
    const start = before.index;
    line += countLines(text, counted, start);
    counted = start;
    before = heading.exec(text);
    const table = tableAt(text, start, before?.index ?? text.length, name);
    try {
      for (const each of listIn(parsed(table, line), name)) if (isObject(each)) yield each;
    } catch (error) {
      if (!(error instanceof CatalogerError)) throw error;
      gap(error.reason);
    }
  }
}

/** The fields that stand before all tables. */
export function readFirstFields(file: CatalogedFile): JsonObject {
  const text = file.text();
  const heading = /^\[/m.exec(text);
  return parsed(heading ? text.slice(0, heading.index) : text, 1);
}

/** Up to the next table that is no part of this one. */
function tableAt(text: string, start: number, end: number, name: string): string {
  const other = new RegExp(String.raw`\n\[\[?(?!${name}\.)[\w"']`, 'g');
  other.lastIndex = start + 1;
  const next = other.exec(text.slice(0, Math.min(end, start + longestTable + 1)));
  return text.slice(start, next ? next.index : end);
}

/** `line`: that of its first one. */
function parsed(text: string, line: number): JsonObject {
  if (text.length > longestTable || isTooMuch(text)) {
    throw new CatalogerError({
      en: `the part that begins at line ${line} is larger than any package manager writes`,
      zh: `从第 ${line} 行开始的部分过大，不可能由包管理器生成`,
    });
  }
  try {
    return parse(text, { maxDepth: 100 }) as JsonObject;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The parser's own words quote the text, which may hold a secret.
    const [at, column] = [line + error.line - 1, error.column];
    throw new CatalogerError({
      en: `it is no valid TOML at line ${at}, column ${column}`,
      zh: `不是有效的 TOML：第 ${at} 行第 ${column} 列`,
    });
  }
}

function isTooMuch(text: string): boolean {
  let marks = 0;
  let dots = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x2e) {
      marks += 1;
      dots += 1;
      if (dots > mostDots) return true;
    } else if (code === 0x2c || code === 0x3d || code === 0x5b || code === 0x7b) {
      // , = [ {
      marks += 1;
      dots = 0;
    } else if (code === 0x0a) dots = 0;
  }
  return marks > mostMarks;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
