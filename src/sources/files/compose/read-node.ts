import type { JsonObject } from '../../../model/json.ts';
import { type ComposeMapping, type ComposeNode, type ComposeScalar, childOf, scalarNode } from './node.ts';

// A field that is missing, null or of another type is absent, so that no odd file can bring a run down. What is of the
// wrong type has been reported before.

const noEntries: ReadonlyMap<string, ComposeNode> = new Map();

/** The entries of a mapping; none where it is none. */
export function entriesOf(node: ComposeNode | undefined): ReadonlyMap<string, ComposeNode> {
  return node?.kind === 'mapping' ? node.entries : noEntries;
}

/** The items of a list; a single value is a list of one, as most fields may be written. */
export function itemsOf(node: ComposeNode | undefined): readonly ComposeNode[] {
  if (node?.kind === 'list') return node.items;
  return node?.kind === 'scalar' && node.value !== null ? [node] : [];
}

/** The text of a scalar, numbers and booleans as they were written; undefined for null and for collections. */
export function textOf(node: ComposeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
}

/** The same, where an empty text means nothing. */
export function wordOf(node: ComposeNode | undefined): string | undefined {
  return textOf(node) || undefined;
}

export function textAt(node: ComposeNode | undefined, key: string): string | undefined {
  return textOf(childOf(node, key));
}

/** What Compose takes for true or false; undefined for anything else. */
export function truthOf(node: ComposeNode | undefined): boolean | undefined {
  const text = textOf(node)?.toLowerCase() ?? '';
  if (['true', '1', 't', 'y', 'yes', 'on'].includes(text)) return true;
  return ['false', '0', 'f', 'n', 'no', 'off'].includes(text) ? false : undefined;
}

export function numberOf(node: ComposeNode | undefined): number | undefined {
  const text = textOf(node)?.trim() ?? '';
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}

const sizeForm = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i;
const sizeUnits = ['', 'k', 'm', 'g', 't', 'p'];

/** Bytes: `512m`, `1.5gb`, `1GiB`, a number; -1 is unlimited. */
export function bytesOf(node: ComposeNode | undefined): number | undefined {
  const text = textOf(node)?.trim() ?? '';
  if (text === '-1') return -1;
  const [, number, unit = ''] = sizeForm.exec(text) ?? [];
  return number === undefined ? undefined : Math.floor(Number(number) * 1024 ** sizeUnits.indexOf(unit.toLowerCase()));
}

/** One entry of what may be written as a mapping or as a list of `NAME=value`. */
export interface Pair {
  readonly name: string;
  /** Absent where only the name is there. */
  readonly value?: string;
  readonly node: ComposeNode;
  /** Where it stands in the field. */
  readonly step: string | number;
}

/** Pairs in the order in which they are written; of a name that is there twice the last one holds. */
export function pairsIn(node: ComposeNode | undefined, separator: RegExp = /=/): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const pair of writtenPairs(node, separator)) pairs.set(pair.name, pair);
  return [...pairs.values()];
}

function writtenPairs(node: ComposeNode | undefined, separator: RegExp): Pair[] {
  if (node?.kind === 'mapping') {
    return [...node.entries].map(([name, each]) => pairOf(name, textOf(each), each, name));
  }
  return itemsOf(node).flatMap((each, index) => {
    const text = wordOf(each);
    if (text === undefined) return [];
    const at = text.search(separator);
    return [
      at === -1 ? pairOf(text, undefined, each, index) : pairOf(text.slice(0, at), text.slice(at + 1), each, index),
    ];
  });
}

function pairOf(name: string, value: string | undefined, node: ComposeNode, step: string | number): Pair {
  return value === undefined ? { name, node, step } : { name, value, node, step };
}

/** The pairs as a record of texts; a name alone has an empty one. */
export function recordOf(node: ComposeNode | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(pairsIn(node).map(({ name, value = '' }) => [name, value]));
}

/** A list of `NAME=value` as the mapping that it means, each entry at its own place. */
export function asMapping(node: ComposeNode, separator: RegExp = /=/): ComposeMapping {
  if (node.kind === 'mapping') return node;
  const entries = pairsIn(node, separator).map(({ name, value, node: each }): [string, ComposeNode] => [
    name,
    scalarNode(value ?? null, each.place, each.kind === 'scalar' ? each : undefined),
  ]);
  return { kind: 'mapping', place: node.place, entries: new Map(entries) };
}

/** Whether a variable in it has no value. */
export function isUnknown(node: ComposeNode | undefined): node is ComposeScalar {
  return node?.kind === 'scalar' && node.unset.length > 0;
}

/** Only what has a value. */
export function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value as JsonObject).filter(([, each]) => each !== undefined)) as T;
}
