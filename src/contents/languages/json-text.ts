import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { JsonValue } from '../../model/json.ts';
import { type CatalogedFile, CatalogerError } from '../cataloger.ts';

/**
 * Values of one file. A text of 64 MiB may be twenty million empty lists, which would take more than a gigabyte; a lock file of
 * 20 MB has half a million values.
 */
const mostValues = 1_000_000;
const deepest = 1000;

/** Bytes. No text that is smaller has too many values, and to `JSON.parse` no depth is too much. */
const harmless = 64 * 1024;

/**
 * The value of a JSON file.
 *
 * @throws CatalogerError
 */
export function readJson(file: CatalogedFile): JsonValue {
  if (file.content.size > harmless) checkShape(file.bytes());
  return parsedJson(file.text());
}

/**
 * The value of JSON that stands in a file of another kind.
 *
 * @throws CatalogerError
 */
export function readJsonBytes(bytes: Buffer): JsonValue {
  if (bytes.length > harmless) checkShape(bytes);
  return parsedJson(bytes.toString('utf8'));
}

function parsedJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    // The parser's own words quote the text, which may hold a secret.
    const place = /position (\d+)/.exec((error as Error).message)?.[1];
    throw notJson(place === undefined ? undefined : Number(place));
  }
}

/**
 * The value of a JSON file that may have comments, and commas behind the last of a list.
 *
 * @throws CatalogerError
 */
export function readJsonWithComments(file: CatalogedFile): JsonValue {
  // Its parser calls itself.
  checkShape(file.bytes());
  const errors: ParseError[] = [];
  const value = parse(file.text(), errors, { allowTrailingComma: true }) as JsonValue | undefined;
  const [first] = errors;
  if (first) throw notJson(first.offset, printParseErrorCode(first.error));
  return value ?? null;
}

function notJson(offset: number | undefined, what = 'InvalidSyntax'): CatalogerError {
  const where = offset === undefined ? { en: '', zh: '' } : { en: ` at offset ${offset}`, zh: `，偏移量 ${offset}` };
  const kind = what === 'InvalidSyntax' ? '' : ` (${what})`;
  return new CatalogerError({
    en: `it is no valid JSON${where.en}${kind}`,
    zh: `不是有效的 JSON${where.zh}${kind}`,
  });
}

/** Counts what a parser would have to build, before it does. */
function checkShape(bytes: Buffer): void {
  let values = 0;
  let depth = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    switch (bytes[index]) {
      case 0x22:
        index = endOfText(bytes, index);
        break;
      case 0x5b:
      case 0x7b:
        values += 1;
        depth += 1;
        if (depth > deepest) throw tooDeep();
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
      case 0x2c:
        values += 1;
        break;
      default:
    }
  }
  if (values > mostValues) throw tooMany();
}

/** The place of the quotation mark that ends what begins with one. */
function endOfText(bytes: Buffer, start: number): number {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== 0x22) index += bytes[index] === 0x5c ? 2 : 1;
  return index;
}

function tooDeep(): CatalogerError {
  return new CatalogerError({
    en: `its values are nested more than ${deepest} deep`,
    zh: `值的嵌套超过 ${deepest} 层`,
  });
}

function tooMany(): CatalogerError {
  return new CatalogerError({
    en: `it has more than ${mostValues} values`,
    zh: `值的数量超过 ${mostValues} 个`,
  });
}
