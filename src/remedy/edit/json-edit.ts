import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { isObject, type JsonValue, type KeyPath, pathText } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { applyEdits, lineEndOf, type TextEdit } from '../../model/source-text.ts';
import { nested } from './nested.ts';
import { startOfLine } from './yaml-layout.ts';

/** Whether a text is JSON, in which nothing may be written as only YAML allows it. */
export function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * One change of a JSON text, laid out as the rest of it. An empty collection goes with its last entry. Throws a RangeError
 * for an entry that is not there.
 */
export function editJsonOnce(text: string, { path, value }: FieldChange): string {
  const root = parseTree(text);
  if (!root) return text;
  const edit = value === undefined ? removal(root, path) : setting(text, root, path, value);
  return edit ? applyEdits(text, [edit]) : text;
}

function setting(text: string, root: Node, path: KeyPath, value: JsonValue): TextEdit {
  let depth = path.length;
  while (depth > 0 && !nodeAt(root, path.slice(0, depth))) depth -= 1;
  const node = nodeAt(root, path.slice(0, depth)) ?? root;
  const [key, ...rest] = path.slice(depth);
  const layout = layoutOf(text);
  if (key === undefined) return replaced(text, node, value, layout);
  if (node.type === 'object' && typeof key === 'string') {
    return added(text, node, `${JSON.stringify(key)}:${layout.blank}`, nested(rest, value, undefined), layout);
  }
  if (node.type === 'array' && typeof key === 'number') {
    if (key !== (node.children ?? []).length) throw new RangeError(`no entry ${key} at ${pathText(path)}`);
    return added(text, node, '', nested(rest, value, undefined), layout);
  }
  return replaced(text, node, nested(path.slice(depth), value, undefined), layout);
}

function replaced(text: string, node: Node, value: JsonValue, layout: Layout): TextEdit {
  return { start: node.offset, end: endOf(node), text: jsonText(value, layout, indentAt(text, node.offset)) };
}

/** Behind the last entry: on a line of its own where that is. */
function added(text: string, node: Node, head: string, value: JsonValue, layout: Layout): TextEdit {
  const last = node.children?.at(-1);
  const { unit, lineEnd, blank } = layout;
  if (!last) {
    const indent = indentAt(text, node.offset);
    const [start, end] = [node.offset + 1, endOf(node) - 1];
    if (unit === undefined) return { start, end, text: head + jsonText(value, layout, '') };
    const inner = indent + unit;
    return { start, end, text: `${lineEnd}${inner}${head}${jsonText(value, layout, inner)}${lineEnd}${indent}` };
  }
  const at = endOf(last);
  const isOwnLine = text.slice(node.offset, last.offset).includes('\n');
  const indent = indentAt(text, last.offset);
  if (isOwnLine) return { start: at, end: at, text: `,${lineEnd}${indent}${head}${jsonText(value, layout, indent)}` };
  return { start: at, end: at, text: `,${blank}${head}${jsonText(value, { ...layout, unit: undefined }, '')}` };
}

/** An entry goes with one of the commas beside it; a collection with its last entry, unless it is one of a list. */
function removal(root: Node, path: KeyPath): TextEdit | undefined {
  const node = nodeAt(root, path);
  const entry = node?.parent?.type === 'property' ? node.parent : node;
  const parent = entry?.parent;
  if (!entry || !parent) return undefined;
  const siblings = parent.children ?? [];
  const isEntry = parent.parent?.type === 'array' || !parent.parent;
  if (siblings.length === 1) {
    return isEntry ? { start: parent.offset + 1, end: endOf(parent) - 1, text: '' } : removal(root, path.slice(0, -1));
  }
  const index = siblings.indexOf(entry);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  return after
    ? { start: entry.offset, end: after.offset, text: '' }
    : { start: before ? endOf(before) : entry.offset, end: endOf(entry), text: '' };
}

function nodeAt(root: Node, path: KeyPath): Node | undefined {
  return findNodeAtLocation(root, [...path]);
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** The blanks in front of the line that an offset is on. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(startOfLine(text, offset)))?.[0] ?? '';
}

interface Layout {
  /** By what a level is indented; absent where all of it stands in one line. */
  readonly unit: string | undefined;
  readonly lineEnd: string;
  /** Behind colons and commas of one line. */
  readonly blank: string;
}

function layoutOf(text: string): Layout {
  const [, unit] = /[\r\n]([ \t]+)\S/.exec(text) ?? [];
  return { unit, lineEnd: lineEndOf(text), blank: unit !== undefined || /["\]}\d]\s*[:,][ \t]/.test(text) ? ' ' : '' };
}

function jsonText(value: JsonValue, layout: Layout, indent: string): string {
  const { unit, lineEnd, blank } = layout;
  const isList = Array.isArray(value);
  if (!isList && !isObject(value)) return JSON.stringify(value);
  const inner = unit === undefined ? '' : indent + unit;
  const entries = isList
    ? (value as readonly JsonValue[]).map((each) => jsonText(each, layout, inner))
    : Object.entries(value as object).flatMap(([key, each]: [string, JsonValue | undefined]) =>
        each === undefined ? [] : [`${JSON.stringify(key)}:${blank}${jsonText(each, layout, inner)}`],
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${open}${close}`;
  if (unit === undefined) return `${open}${entries.join(`,${blank}`)}${close}`;
  return [open, entries.map((entry) => inner + entry).join(`,${lineEnd}`), indent + close].join(lineEnd);
}
