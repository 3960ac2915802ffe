import { isObject, type JsonObject, type JsonValue, type KeyPath } from '../../model/json.ts';
import type { TextEdit } from '../../model/source-text.ts';
import type { YamlMapping, YamlNode, YamlSequence } from '../../syntax/yaml.ts';
import { valueOf } from '../../syntax/yaml-value.ts';
import { behindLineEnd, columnAt, contentEnd, endOfLine, startOfLine } from './yaml-layout.ts';
import { isMerge, mergedPairs, mergedValue, type OwnPlace, ownPair, ownPlace, valueUnder } from './yaml-place.ts';
import { replacement, setting, type Writer } from './yaml-setting.ts';
import { blockLines } from './yaml-text.ts';

/** Takes away what stands at a path; nothing where nothing does. */
export function removal(writer: Writer, root: YamlNode, path: KeyPath): TextEdit[] {
  const place = ownPlace(root, path);
  const { node, pair, parent, depth } = place;
  if (!parent) return [];
  // It is there through an alias or a merge key alone.
  if (depth < path.length) return isThere(writer, place, path) ? withoutInherited(writer, root, path) : [];
  const count = parent.kind === 'mapping' ? parent.pairs.length : parent.items.length;
  // An empty collection says less than none: it goes with its last entry.
  if (count === 1 && path.length > 1) {
    const above = path.slice(0, -1);
    return mayGo(writer, root, above)
      ? removal(writer, root, above)
      : [{ start: parent.start, end: contentEnd(writer.text, parent), text: parent.kind === 'mapping' ? '{}' : '[]' }];
  }
  const start = pair?.key.start ?? node.start;
  return [parent.flow ? flowRemoval(parent, start) : blockRemoval(writer.text, parent, node, start)];
}

function isThere({ version }: Writer, { node, depth }: OwnPlace, path: KeyPath): boolean {
  return node.kind === 'alias' || valueUnder(node, String(path[depth]), version) !== undefined;
}

/** Whether a collection may go: an entry of a list keeps its number, and what would come to light behind it stays hidden. */
function mayGo({ version }: Writer, root: YamlNode, path: KeyPath): boolean {
  const key = path.at(-1);
  if (key === undefined || typeof key === 'number') return false;
  const { node, depth } = ownPlace(root, path.slice(0, -1));
  return depth < path.length - 1 || node.kind !== 'mapping' || mergedValue(node, key, version) === undefined;
}

/** The nearest own field around it, written out without it. */
function withoutInherited(writer: Writer, root: YamlNode, path: KeyPath): TextEdit[] {
  const place = ownPlace(root, path);
  const { node, depth } = place;
  const [key, ...rest] = path.slice(depth);
  const before = valueOf(node, writer.version);
  if (key === undefined || !isObject(before)) return [];
  const kept = without(before, path.slice(depth));
  if (rest.length > 0) {
    const inner = (kept as JsonObject)[key] ?? {};
    return setting(writer, root, [...path.slice(0, depth), key], inner);
  }
  return node.kind === 'mapping' && !node.flow ? unmerged(writer, node, String(key)) : replacement(writer, place, kept);
}

/** The entries that a merge key gave, in its place, without one of them. */
function unmerged(writer: Writer, mapping: YamlMapping, key: string): TextEdit[] {
  const { text, lineEnd, indentation, version } = writer;
  const inherited = mergedPairs(mapping).filter(({ key: { text: name } }) => name !== key && !ownPair(mapping, name));
  const entries = Object.fromEntries(inherited.map((pair) => [pair.key.text, valueOf(pair.value, version)]));
  const [first, ...others] = mapping.pairs.filter(isMerge);
  if (!first) return [];
  const { start } = first.key;
  const lines = blockLines(entries, indentation, columnAt(text, start)).join(lineEnd).trimStart();
  return [
    lines === ''
      ? blockRemoval(text, mapping, first.value, start)
      : { start, end: contentEnd(text, first.value), text: lines },
    ...others.map((pair) => blockRemoval(text, mapping, pair.value, pair.key.start)),
  ];
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
      : parent.items.map((item) => ({ start: item.start, end: item.end }));
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
  const end = endOfLine(text, Math.max(contentEnd(text, node), start));
  const next = behindLineEnd(text, end);
  // `- name: x` is both the list's entry and the first key in it: the next key takes its place.
  if (text.slice(lineStart, dash).trim() !== '') {
    const following = parent.kind === 'mapping' ? parent.pairs.find((pair) => pair.key.start > start) : undefined;
    const item = parent.kind === 'sequence' ? parent.items.find((each) => each.start > start) : undefined;
    const target = following?.key.start ?? (item ? text.lastIndexOf('-', item.start) : next);
    return { start: dash, end: target, text: '' };
  }
  // A text without a last line end gets none.
  const before = end === text.length && lineStart > 0 ? endOfLine(text, contentEndBefore(text, lineStart)) : lineStart;
  return { start: before, end: next, text: '' };
}

function contentEndBefore(text: string, lineStart: number): number {
  const isPair = text.startsWith('\r\n', lineStart - 2);
  return lineStart - (isPair ? 2 : 1);
}
