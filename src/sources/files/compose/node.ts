import type { JsonValue, KeyPath } from '../../../model/json.ts';
import type { Location } from '../../../model/location.ts';
import { interpolate, type Lookup } from '../../../syntax/interpolation.ts';
import { resolveAlias, type YamlNode, type YamlScalar } from '../../../syntax/yaml.ts';
import { pairsOf, valueOf } from '../../../syntax/yaml-value.ts';
import { locationAt, type WrittenFile } from '../written-file.ts';

/** One document of a file. */
export interface Source {
  readonly file: WrittenFile;
  /** Which document of the file, from 0. */
  readonly document: number;
  /** The folder that relative paths in it start from. */
  readonly base: string;
}

/** Where something was written; it stays so through merging, extending and including. */
export interface Place {
  readonly source: Source;
  /** Of its key, or of its list entry. */
  readonly offset: number;
}

/** A value of a Compose file, variables replaced, with the place of each part of it. */
export type ComposeNode = ComposeScalar | ComposeMapping | ComposeList;

interface NodeBase {
  readonly place: Place;
  /** How it is merged with what earlier files say: taken away, or put in its place as a whole. */
  readonly merging?: 'reset' | 'override';
  /** It says so of itself, or of something in it. */
  readonly marked?: true;
}

export interface ComposeScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As text: what stands in the file, with its variables replaced. */
  readonly text: string;
  /** Before variables were replaced. */
  readonly written: string;
  /** It holds variables, whose values have no types. */
  readonly interpolated: boolean;
  /** Variables in it that nothing gives a value. */
  readonly unset: readonly string[];
  /** Of a text written line by line (`|`): the line in front of its first one, counted from 1. */
  readonly lineBefore?: number;
}

export interface ComposeMapping extends NodeBase {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, ComposeNode>;
}

export interface ComposeList extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly ComposeNode[];
}

/** What is met while a document is turned into nodes. */
export interface Observer {
  readonly lookup: Lookup;
  unset(name: string, place: Place): void;
  /** A dollar sign that begins no variable. */
  invalid(place: Place, text: string): void;
  tooDeep(place: Place): void;
}

/** Compose needs ten levels; what is much deeper is made to break readers. */
const deepestLevel = 100;

/** The nodes of a document. What an alias stands for is one node in all its places. */
export function composeNode(root: YamlNode, source: Source, observer: Observer): ComposeNode {
  const known = new Map<YamlNode, ComposeNode>();
  const visit = (node: YamlNode, offset: number, depth: number): ComposeNode => {
    const resolved = resolveAlias(node);
    const place: Place = { source, offset };
    if (depth > deepestLevel) {
      observer.tooDeep(place);
      return scalarNode(null, place);
    }
    const before = known.get(resolved);
    if (before) return { ...before, place };
    const made = make(resolved, place, depth);
    known.set(resolved, made);
    return made;
  };
  const make = (node: Exclude<YamlNode, { kind: 'alias' }>, place: Place, depth: number): ComposeNode => {
    const merging = mergingOf(node.tag);
    if (node.kind === 'scalar') return { ...readScalar(node, place, observer), ...merging };
    if (node.kind === 'sequence') {
      const items = node.items.map((each) => visit(each, each.start, depth + 1));
      return { kind: 'list', place, items, ...merging };
    }
    const entries = new Map<string, ComposeNode>();
    for (const { key, value } of pairsOf(node)) entries.set(key.text, visit(value, key.start, depth + 1));
    const marked = [...entries.values()].some((each) => each.marked);
    return { kind: 'mapping', place, entries, ...(marked ? { marked } : {}), ...merging };
  };
  return visit(root, root.start, 0);
}

function mergingOf(tag: string | undefined): Pick<NodeBase, 'merging' | 'marked'> {
  if (tag === '!reset') return { merging: 'reset', marked: true };
  return tag === '!override' ? { merging: 'override', marked: true } : {};
}

function readScalar(node: YamlScalar, place: Place, observer: Observer): ComposeScalar {
  const plain = valueOf(node, '1.2') as ComposeScalar['value'];
  const line = node.style === 'literal' ? place.source.file.lines.positionAt(node.start).line : undefined;
  const form = {
    kind: 'scalar' as const,
    place,
    written: node.text,
    ...(line === undefined ? {} : { lineBefore: line }),
  };
  if (typeof plain !== 'string') {
    return { ...form, value: plain, text: plain === null ? '' : node.text, interpolated: false, unset: [] };
  }
  const { text, changed, unset, invalid } = interpolate(plain, observer.lookup);
  for (const name of unset) observer.unset(name, { ...place, offset: variableOffset(name, node, place) });
  if (invalid) observer.invalid(place, plain);
  return { ...form, value: text, text, interpolated: changed, unset };
}

/** Where a text asks for a variable; where it begins if that is written with escapes. */
function variableOffset(name: string, { start, end }: YamlScalar, { source }: Place): number {
  const found = new RegExp(`\\$\\{?${name}\\b`).exec(source.file.text.slice(start, end));
  return start + (found?.index ?? 0);
}

/** A value that stands for another way to write it, at the place of that one. */
export function scalarNode(value: ComposeScalar['value'], place: Place, like?: ComposeScalar): ComposeScalar {
  const text = value === null ? '' : String(value);
  return {
    kind: 'scalar',
    place,
    value,
    text,
    written: text,
    interpolated: like?.interpolated ?? false,
    unset: like?.unset ?? [],
  };
}

/** The value without places. What is one node in several places is one value. */
export function plainValue(root: ComposeNode): JsonValue {
  const known = new Map<object, JsonValue>();
  const visit = (node: ComposeNode): JsonValue => {
    if (node.kind === 'scalar') return node.value;
    const inside = node.kind === 'list' ? node.items : node.entries;
    const before = known.get(inside);
    if (before !== undefined) return before;
    const value =
      node.kind === 'list'
        ? node.items.map(visit)
        : Object.fromEntries([...node.entries].map(([key, each]) => [key, visit(each)]));
    known.set(inside, value);
    return value;
  };
  return visit(root);
}

/** The node one step further in; undefined where there is none. */
export function childOf(node: ComposeNode | undefined, step: string | number): ComposeNode | undefined {
  if (node?.kind === 'mapping') return node.entries.get(String(step));
  return node?.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
}

/** What stands at a path; undefined where nothing does. */
export function nodeAt(root: ComposeNode | undefined, path: KeyPath): ComposeNode | undefined {
  return path.reduce<ComposeNode | undefined>(childOf, root);
}

/** Where the field at a path was written, or the nearest one around it; `name` is what the path is called. */
export function locationIn(root: ComposeNode, path: KeyPath, name: string): Location {
  let node = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (!next) return lineWithin(node, step, name) ?? placeLocation(node.place, name);
    node = next;
  }
  return placeLocation(node.place, name);
}

/** A number behind a text of several lines is one of its lines. */
function lineWithin(node: ComposeNode, step: string | number, name: string): Location | undefined {
  if (node.kind !== 'scalar' || node.lineBefore === undefined || typeof step !== 'number') return undefined;
  const { file } = node.place.source;
  return locationAt(file, file.lines.startOfLine(node.lineBefore + 1 + step), name);
}

export function placeLocation({ source, offset }: Place, name: string): Location {
  return locationAt(source.file, offset, name);
}
