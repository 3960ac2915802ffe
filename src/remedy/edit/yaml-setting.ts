import { type JsonObject, type JsonValue, type KeyPath, pathText } from '../../model/json.ts';
import type { TextEdit } from '../../model/source-text.ts';
import { parseYaml, type YamlAlias, type YamlMapping, type YamlNode, type YamlSequence } from '../../syntax/yaml.ts';
import { valueOf, type YamlVersion } from '../../syntax/yaml-value.ts';
import { nested } from './nested.ts';
import {
  columnAt,
  contentEnd,
  endOfLine,
  type Indentation,
  indentationIn,
  isBlock,
  startOfLine,
} from './yaml-layout.ts';
import { type OwnPlace, ownPlace, valueUnder } from './yaml-place.ts';
import { blockLines, flowText, isNested, plainText, quotesIn, quotesOf } from './yaml-text.ts';

/** What both setting and taking away go by. */
export interface Writer {
  readonly text: string;
  readonly version: YamlVersion;
  readonly indentation: Indentation;
  readonly lineEnd: string;
}

/** The edits that put a value at a path. */
export function setting(writer: Writer, root: YamlNode, path: KeyPath, value: JsonValue): TextEdit[] {
  const place = ownPlace(root, path);
  const { node } = place;
  const [key, ...rest] = path.slice(place.depth);
  if (key === undefined) return replacement(writer, place, value);
  if (typeof key === 'string' && (node.kind === 'mapping' || node.kind === 'alias')) {
    // What a merge or an alias gave here stays, below what is written over it.
    const next = nested(rest, value, valueUnder(node, key, writer.version));
    if (node.kind === 'mapping') return insertion(writer, place, node, { [key]: next });
    if (node.target.kind === 'mapping') return extension(writer, place, node, { [key]: next });
  }
  if (node.kind === 'sequence' && typeof key === 'number') {
    if (key !== node.items.length) throw new RangeError(`no entry ${key} at ${pathText(path)}`);
    return [appended(writer, place, node, nested(rest, value, undefined))];
  }
  const before = node.kind === 'alias' ? valueOf(node, writer.version) : undefined;
  return replacement(writer, place, nested(path.slice(place.depth), value, before));
}

/** Another value in the place of the one that is there. */
export function replacement(writer: Writer, place: OwnPlace, value: JsonValue): TextEdit[] {
  const { text } = writer;
  const { node, pair, parent } = place;
  const end = contentEnd(text, node);
  if (!isNested(value) || parent?.flow) {
    if (pair && isBlock(node))
      return [{ start: behindColon(text, place), end, text: ` ${parent?.flow ? flowText(value) : plainText(value)}` }];
    const written = sameStyle(writer, place, value);
    // An empty value stands right behind its colon, or behind the tag in front of it.
    const isGlued = pair && node.start === node.end && !/\s/.test(text[node.start - 1] ?? '');
    return [{ start: node.start, end: node.end, text: isGlued ? ` ${written}` : written }];
  }
  if (isBlock(node) && pair && Array.isArray(value) === (node.kind === 'sequence')) {
    const lines = blockLines(value, indentationIn(node, text, writer.indentation), columnAt(text, node.start));
    return [{ start: startOfLine(text, node.start), end, text: lines.join(writer.lineEnd) }];
  }
  return asBlock(writer, place, (column, indentation) => blockLines(value, indentation, column), Array.isArray(value));
}

/** In the quotes that the old value had, or without if that is what it was like and can be. */
function sameStyle(writer: Writer, { node, parent }: OwnPlace, value: JsonValue): string {
  const blank = blankIn(writer, parent);
  if (parent?.flow) return flowText(value, quotesOf(node), blank);
  const isPlain = node.kind === 'scalar' && node.style === 'plain' && typeof value === 'string';
  return isPlain && isReadAsText(value) ? value : plainText(value, quotesOf(node));
}

/** Whether every reader of YAML takes it for this very text without quotes. */
function isReadAsText(value: string): boolean {
  // Numbers with colons were times once.
  if (/\n|^[-+.\d]/.test(value)) return false;
  const root = parseYaml(`- ${value}`)[0]?.root;
  const item = root?.kind === 'sequence' ? root.items[0] : undefined;
  return item?.kind === 'scalar' && versions.every((version) => valueOf(item, version) === value);
}

const versions = ['1.1', '1.2'] as const;

/**
 * Lines of a block in the place of a value that stood behind its key or dash. A comment behind it stays where it is: on
 * the line of the key.
 */
function asBlock(
  { text, lineEnd, indentation }: Writer,
  place: OwnPlace,
  linesAt: (column: number, indentation: Indentation) => string[],
  isList: boolean,
): TextEdit[] {
  const { node, pair, parent } = place;
  const end = Math.max(contentEnd(text, node), node.start);
  if (!pair) {
    const lines = linesAt(columnAt(text, node.start), indentation);
    return [{ start: node.start, end, text: lines.join(lineEnd).trimStart() }];
  }
  const around = parent ? indentationIn(parent, text, indentation) : indentation;
  const column = columnAt(text, pair.key.start) + (isList ? around.list : around.step);
  const block = lineEnd + linesAt(column, around).join(lineEnd);
  const colon = behindColon(text, place);
  if (text.slice(colon, end).includes('\n')) return [{ start: colon, end, text: block }];
  const behind = endOfLine(text, end);
  const isCommented = /^[ \t]+#/.test(text.slice(end, behind));
  if (!isCommented) return [{ start: colon, end, text: block }];
  return [
    { start: colon, end, text: '' },
    { start: behind, end: behind, text: block },
  ];
}

function behindColon(text: string, { node, pair }: OwnPlace): number {
  return pair ? text.indexOf(':', pair.key.end) + 1 : node.start;
}

/** What stands inside of braces. */
function blankIn({ text }: Writer, parent: OwnPlace['parent']): string {
  return parent?.kind === 'mapping' &&
    parent.flow &&
    parent.pairs.length > 0 &&
    !/\s/.test(text[parent.start + 1] ?? '')
    ? ''
    : ' ';
}

/** A key beside the ones that are there. */
function insertion(writer: Writer, place: OwnPlace, mapping: YamlMapping, entry: JsonObject): TextEdit[] {
  const { text, lineEnd } = writer;
  if (mapping.flow) return flowInsertion(writer, place, mapping, entry);
  const at = endOfLine(text, contentEnd(text, mapping));
  const column = columnAt(text, mapping.pairs[0]?.key.start ?? mapping.start);
  const lines = blockLines(entry, indentationIn(mapping, text, writer.indentation), column);
  return [{ start: at, end: at, text: lineEnd + lines.join(lineEnd) }];
}

function flowInsertion(writer: Writer, place: OwnPlace, mapping: YamlMapping, entry: JsonObject): TextEdit[] {
  const { text, lineEnd } = writer;
  const last = mapping.pairs.at(-1);
  if (!last) {
    const written = flowText(entry, 'plain', blankIn(writer, place.parent));
    if (text.slice(mapping.start, mapping.end).includes('#')) {
      return [{ start: mapping.end - 1, end: mapping.end, text: written.slice(1).trimStart() }];
    }
    // Empty braces only say that nothing is there: what is added is written as the lines around them are.
    if (place.pair && place.parent && !place.parent.flow) return replacement(writer, place, entry);
    return [{ start: mapping.start, end: mapping.end, text: written }];
  }
  const blank = blankIn(writer, mapping);
  const written = flowText(entry, 'plain', blank).slice(1 + blank.length, -1 - blank.length);
  const at = Math.max(last.value.end, last.key.end);
  const isOwnLine = text.slice(mapping.start, last.key.start).includes('\n');
  const column = columnAt(text, last.key.start);
  return [{ start: at, end: at, text: isOwnLine ? `,${lineEnd}${' '.repeat(column)}${written}` : `, ${written}` }];
}

/** What stands behind an alias, and a key over it: `<<: *base`. */
function extension(writer: Writer, place: OwnPlace, alias: YamlAlias, entry: JsonObject): TextEdit[] {
  const name = writer.text.slice(alias.start, alias.end);
  if (place.parent?.flow) {
    const written = flowText(entry);
    return [{ start: alias.start, end: alias.end, text: `{ <<: ${name}, ${written.slice(2)}` }];
  }
  return asBlock(
    writer,
    place,
    (column, indentation) => [`${' '.repeat(column)}<<: ${name}`, ...blockLines(entry, indentation, column)],
    false,
  );
}

/** An entry behind the last one of a list. */
function appended(writer: Writer, { pair }: OwnPlace, list: YamlSequence, value: JsonValue): TextEdit {
  const { text, lineEnd, indentation } = writer;
  const last = list.items.at(-1);
  const quotes = quotesIn(list);
  if (list.flow) {
    const at = last ? last.end : list.start + 1;
    const blank = last?.kind === 'mapping' ? blankIn(writer, last) : ' ';
    return { start: at, end: at, text: `${last ? ', ' : ''}${flowText(value, quotes, blank)}` };
  }
  const column = columnAt(text, pair && !last ? pair.key.start : list.start);
  const at = endOfLine(text, contentEnd(text, list));
  return { start: at, end: at, text: lineEnd + blockLines([value], indentation, column, quotes).join(lineEnd) };
}
