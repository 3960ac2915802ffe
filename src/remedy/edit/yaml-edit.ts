import { isObject, type JsonObject, type JsonValue, type KeyPath, pathText } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { applyEdits, lineEndOf, type TextEdit } from '../../model/source-text.ts';
import {
  parseYaml,
  resolveAlias,
  type YamlMapping,
  type YamlNode,
  type YamlPair,
  type YamlSequence,
} from '../../syntax/yaml.ts';
import { pairsOf, valueOf, type YamlVersion } from '../../syntax/yaml-value.ts';
import { yamlLines, yamlText } from '../yaml.ts';

/**
 * Changes fields of one document of a YAML text, and touches nothing else: comments, order, quotes, indentation and
 * line ends stay. What stands behind an alias or a merge key belongs to others too, so a field is written beside it
 * instead. Throws a RangeError for a document or an entry that is not there.
 */
export function editYaml(
  text: string,
  document: number,
  changes: readonly FieldChange[],
  version: YamlVersion = '1.2',
): string {
  // Removals of a list's entries come last, and from its end: the numbers of the others still hold.
  const ordered = [
    ...changes.filter(({ value }) => value !== undefined),
    ...changes.filter(({ value }) => value === undefined).toSorted((left, right) => byPathDown(left.path, right.path)),
  ];
  return ordered.reduce((before, change) => editOnce(before, document, change, version), text);
}

function byPathDown(left: KeyPath, right: KeyPath): number {
  const index = left.findIndex((key, at) => key !== right[at]);
  const [one, other] = [left[index], right[index]];
  return typeof one === 'number' && typeof other === 'number' ? other - one : right.length - left.length;
}

function editOnce(text: string, document: number, { path, value }: FieldChange, version: YamlVersion): string {
  const root = parseYaml(text)[document]?.root;
  if (!root) throw new RangeError(`no document ${document}`);
  const writer = { text, version, step: indentStep(root, text), lineEnd: lineEndOf(text) };
  const edits = value === undefined ? removal(writer, root, path) : setting(writer, root, path, value);
  return applyEdits(text, edits);
}

interface Writer {
  readonly text: string;
  readonly version: YamlVersion;
  /** Columns by which a level is indented. */
  readonly step: number;
  readonly lineEnd: string;
}

/** What an own field of a node is: not behind an alias, and not merged in. */
interface OwnPlace {
  readonly node: YamlNode;
  readonly pair?: YamlPair;
  readonly parent?: YamlMapping | YamlSequence;
  readonly depth: number;
}

/** The deepest part of the path that is written at this very place. */
function ownPlace(root: YamlNode, path: KeyPath): OwnPlace {
  let place: OwnPlace = { node: root, depth: 0 };
  for (const [index, key] of path.entries()) {
    const { node } = place;
    if (node.kind === 'mapping') {
      const pair = node.pairs.find((each) => each.key.text === String(key));
      if (!pair) return place;
      place = { node: pair.value, pair, parent: node, depth: index + 1 };
    } else if (node.kind === 'sequence' && typeof key === 'number' && node.items[key]) {
      place = { node: node.items[key], parent: node, depth: index + 1 };
    } else return place;
  }
  return place;
}

function setting(writer: Writer, root: YamlNode, path: KeyPath, value: JsonValue): TextEdit[] {
  const place = ownPlace(root, path);
  const { node } = place;
  const rest = path.slice(place.depth);
  if (rest.length === 0) return replacement(writer, place, value);
  const [key = ''] = rest;
  if (node.kind === 'mapping' && typeof key === 'string') {
    // What a merge or an alias gave here stays, below what is written over it.
    const inherited = inheritedValue(node, key, writer.version);
    return [insertion(writer, node, key, nested(rest.slice(1), value, inherited))];
  }
  if (node.kind === 'sequence' && key === node.items.length) {
    return [appended(writer, place, node, nested(rest.slice(1), value, undefined))];
  }
  if (node.kind === 'sequence' && typeof key === 'number') throw new RangeError(`no entry ${key} at ${pathText(path)}`);
  const before = valueOf(node, writer.version);
  return replacement(writer, place, nested(rest, value, node.kind === 'alias' ? before : undefined));
}

function inheritedValue(mapping: YamlMapping, key: string, version: YamlVersion): JsonValue | undefined {
  const pair = pairsOf(mapping).find((each) => each.key.text === key);
  return pair && valueOf(pair.value, version);
}

/** The value inside of the objects and lists that lead to it, with what was there before. */
function nested(path: KeyPath, value: JsonValue, before: JsonValue | undefined): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list = Array.isArray(before) ? [...(before as readonly JsonValue[])] : [];
    list[key] = nested(rest, value, list[key]);
    return list;
  }
  const object = isObject(before) ? before : {};
  return { ...object, [key]: nested(rest, value, object[key]) };
}

function replacement(writer: Writer, { node, pair, parent }: OwnPlace, value: JsonValue): TextEdit[] {
  const { text, lineEnd, step } = writer;
  const end = contentEnd(text, node);
  const colon = pair ? text.indexOf(':', pair.key.end) + 1 : node.start;
  if (!isNested(value) || parent?.flow) {
    if (pair && isBlock(node)) return [{ start: colon, end, text: ` ${flowText(value)}` }];
    return [{ ...spanOf(node), text: spaced(writer, node, pair, flowText(value, node)) }];
  }
  const indent = columnAt(text, pair?.key.start ?? node.start) + (pair ? step : 0);
  const lines = blockLines(value, writer, indent).join(lineEnd);
  if (!pair) return [{ start: node.start, end, text: lines.trimStart() }];
  // A block begins on a line of its own; what is in front of it (a comment behind the key) stays.
  if (isBlock(node)) return [{ start: startOfLine(text, node.start), end, text: lines }];
  return [{ start: colon, end: Math.max(end, colon), text: lineEnd + lines }];
}

function isBlock(node: YamlNode): boolean {
  return (node.kind === 'mapping' || node.kind === 'sequence') && !node.flow;
}

/** An empty value stands right behind its colon, or behind the tag in front of it. */
function spaced({ text }: Writer, node: YamlNode, pair: YamlPair | undefined, value: string): string {
  return pair && node.start === node.end && !/\s/.test(text[node.start - 1] ?? '') ? ` ${value}` : value;
}

function insertion(writer: Writer, mapping: YamlMapping, key: string, value: JsonValue): TextEdit {
  const { text, lineEnd } = writer;
  if (mapping.flow) {
    const last = mapping.pairs.at(-1);
    const entry = `${yamlText(key)}: ${flowText(value)}`;
    if (!last) return { start: mapping.start + 1, end: mapping.end - 1, text: ` ${entry} ` };
    const at = Math.max(last.value.end, last.key.end);
    return { start: at, end: at, text: `, ${entry}` };
  }
  const indent = columnAt(text, mapping.pairs[0]?.key.start ?? mapping.start);
  const at = lineEndAfter(text, contentEnd(text, mapping));
  return { start: at, end: at, text: lineEnd + blockLines({ [key]: value }, writer, indent).join(lineEnd) };
}

function appended(writer: Writer, { pair }: OwnPlace, list: YamlSequence, value: JsonValue): TextEdit {
  const { text, lineEnd } = writer;
  const last = list.items.at(-1);
  if (list.flow) {
    const at = last ? last.end : list.start + 1;
    return { start: at, end: at, text: `${last ? ', ' : ''}${flowText(value)}` };
  }
  const indent = columnAt(text, pair && !last ? pair.key.start : list.start);
  const at = lineEndAfter(text, contentEnd(text, list));
  return { start: at, end: at, text: lineEnd + blockLines([value], writer, indent).join(lineEnd) };
}

function removal(writer: Writer, root: YamlNode, path: KeyPath): TextEdit[] {
  const { text } = writer;
  const place = ownPlace(root, path);
  const { node, pair, parent, depth } = place;
  if (!parent) return [];
  // It is there through an alias or a merge key alone: an own value must stand against it.
  if (depth < path.length) {
    const inherited = node.kind === 'mapping' ? inheritedValue(node, String(path[depth]), writer.version) : undefined;
    return inherited === undefined && node.kind !== 'alias' ? [] : withoutInherited(writer, root, path);
  }
  const count = parent.kind === 'mapping' ? parent.pairs.length : parent.items.length;
  // An empty collection says less than none: it goes with its last entry.
  if (count === 1 && path.length > 1) {
    const above = path.slice(0, -1);
    return typeof above.at(-1) === 'number' || above.length === 0
      ? [{ ...spanOf(parent), text: parent.kind === 'mapping' ? '{}' : '[]' }]
      : removal(writer, root, above);
  }
  const start = pair?.key.start ?? node.start;
  return [parent.flow ? flowRemoval(parent, start) : blockRemoval(text, parent, node, start)];
}

/** The nearest own field around it, written out without it. */
function withoutInherited(writer: Writer, root: YamlNode, path: KeyPath): TextEdit[] {
  const place = ownPlace(root, path);
  const key = path[place.depth];
  const rest = path.slice(place.depth + 1);
  if (key === undefined) return [];
  const before = valueOf(place.node, writer.version);
  if (!isObject(before)) return [];
  const kept = without(before, path.slice(place.depth));
  if (rest.length === 0) return replacement(writer, place, kept);
  return setting(writer, root, [...path.slice(0, place.depth), key], (kept as JsonObject)[key] ?? {});
}

function without(value: JsonValue, [key, ...rest]: KeyPath): JsonValue {
  if (key === undefined) return value;
  if (Array.isArray(value)) {
    const list = value as readonly JsonValue[];
    return rest.length === 0
      ? list.filter((_, index) => index !== key)
      : list.map((each, index) => (index === key ? without(each, rest) : each));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, each]): [string, JsonValue | undefined][] => {
    if (name !== key) return [[name, each]];
    return rest.length === 0 || each === undefined ? [] : [[name, without(each, rest)]];
  });
  return Object.fromEntries(entries);
}

/** An entry in brackets goes with one of the commas beside it. */
function flowRemoval(parent: YamlMapping | YamlSequence, start: number): TextEdit {
  const spans =
    parent.kind === 'mapping'
      ? parent.pairs.map(({ key, value }) => ({ start: key.start, end: Math.max(key.end, value.end) }))
      : parent.items.map(spanOf);
  const index = spans.findIndex((span) => span.start === start);
  const [own, before, after] = [spans[index], spans[index - 1], spans[index + 1]];
  if (!own) return { start, end: start, text: '' };
  if (after) return { start: own.start, end: after.start, text: '' };
  return { start: before ? before.end : own.start, end: own.end, text: '' };
}

/** An entry on lines of its own goes with them, and with the comment behind it. */
function blockRemoval(text: string, parent: YamlMapping | YamlSequence, node: YamlNode, start: number): TextEdit {
  const dash = parent.kind === 'sequence' ? text.lastIndexOf('-', start) : start;
  const lineStart = startOfLine(text, dash);
  const end = lineEndAfter(text, Math.max(contentEnd(text, node), start));
  // `- name: x` is both the list's entry and the first key in it: the next key takes its place.
  if (text.slice(lineStart, dash).trim() !== '') {
    const next = nextLineStart(text, end);
    const indent = /^[ \t]*/.exec(text.slice(next))?.[0].length ?? 0;
    return { start, end: next + indent, text: '' };
  }
  return { start: lineStart, end: nextLineStart(text, end), text: '' };
}

function spanOf({ start, end }: YamlNode): { start: number; end: number } {
  return { start, end };
}

/** Where the last thing in a node ends; a block of lines does not own the empty line behind it. */
function contentEnd(text: string, node: YamlNode): number {
  let { end } = node;
  while (end > node.start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function lineEndAfter(text: string, offset: number): number {
  const found = /[\r\n]/.exec(text.slice(offset));
  return found ? offset + found.index : text.length;
}

function nextLineStart(text: string, lineEnd: number): number {
  return lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : lineEnd < text.length ? 1 : 0);
}

function columnAt(text: string, offset: number): number {
  return offset - startOfLine(text, offset);
}

/** By how much the first nested mapping is further to the right than what it is in. */
function indentStep(root: YamlNode, text: string): number {
  const node = resolveAlias(root);
  if (node.kind !== 'mapping' || node.flow) return 2;
  for (const { key, value } of node.pairs) {
    if (value.kind === 'mapping' && !value.flow) {
      const step = columnAt(text, value.start) - columnAt(text, key.start);
      if (step > 0) return step;
    }
  }
  return 2;
}

function isNested(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => each !== undefined);
}

/** Lines of a block, indented as the text is. */
function blockLines(value: JsonValue, { step }: Writer, indent: number): string[] {
  const lines = Array.isArray(value)
    ? yamlLines({ list: value })
        .slice(1)
        .map((line) => line.slice(2))
    : yamlLines(value as JsonObject);
  return lines.map((line) => {
    const [, blanks = '', content = ''] = /^( *)(.*)$/s.exec(line) ?? [];
    return ' '.repeat(indent + (blanks.length / 2) * step) + content;
  });
}

/** A value in one line, in the quotes that the old one had. */
function flowText(value: JsonValue, before?: YamlNode): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map((each) => flowText(each)).join(', ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
    return entries.length === 0
      ? '{}'
      : `{ ${entries.map(([key, each]) => `${yamlText(key)}: ${flowText(each)}`).join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  if (before?.kind === 'scalar' && before.style === 'single-quoted') return `'${value.replaceAll("'", "''")}'`;
  if (before?.kind === 'scalar' && before.style === 'double-quoted') return JSON.stringify(value);
  const plain = yamlText(value);
  return plain.includes(',') && !plain.startsWith('"') ? JSON.stringify(value) : plain;
}
