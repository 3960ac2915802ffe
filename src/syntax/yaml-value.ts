import type { JsonValue, KeyPath } from '../model/json.ts';
import { PlaceRecord } from './place-record.ts';
import {
  resolveAlias,
  type YamlMapping,
  type YamlNode,
  type YamlPair,
  type YamlScalar,
  type YamlSequence,
} from './yaml.ts';

/** Kubernetes reads YAML as version 1.1 had it, where `yes` is true and `0755` is octal; Compose reads 1.2. */
export type YamlVersion = '1.1' | '1.2';

/** A value, and where every part of it was written, long after the nodes are gone. */
export interface PlacedValue {
  readonly value: JsonValue;
  /** Where a reader would point at for what stands at a path, or for the nearest thing around it. */
  readonly offsetAt: (path: KeyPath) => number;
}

/** The value of a node, aliases and merge keys followed. What an alias stands for is one value in all its places. */
export function valueOf(node: YamlNode, version: YamlVersion): JsonValue {
  return placedValueOf(node, version).value;
}

/** The same with its places. */
export function placedValueOf(root: YamlNode, version: YamlVersion): PlacedValue {
  const record = new PlaceRecord();
  const known = new Map<YamlNode, { readonly value: JsonValue; readonly from: number; readonly to: number }>();
  const visit = (node: YamlNode): JsonValue => {
    const resolved = resolveAlias(node);
    if (resolved.kind === 'scalar') return scalarValue(resolved, version);
    const before = known.get(resolved);
    if (before !== undefined) {
      record.repeat(before.from, before.to);
      return before.value;
    }
    const from = record.length;
    const value = resolved.kind === 'sequence' ? listOf(resolved) : objectOf(resolved);
    known.set(resolved, { value, from, to: record.length });
    return value;
  };
  const placed = (offset: number, node: YamlNode): JsonValue => {
    const index = record.open(offset);
    const value = visit(node);
    record.close(index);
    return value;
  };
  const listOf = ({ items }: YamlSequence) => items.map((item) => placed(item.start, item));
  const objectOf = (mapping: YamlMapping) =>
    Object.fromEntries(pairsInOrder(mapping).map(({ key, value }) => [key.text, placed(key.start, value)]));
  const value = placed(root.start, root);
  // Made elsewhere: a function made here would keep the nodes alive.
  return { value, offsetAt: record.finderIn(value) };
}

/** The pairs in the order in which an object of them has its fields: each name once, whole numbers first. */
function pairsInOrder(mapping: YamlMapping): readonly YamlPair[] {
  const pairs = pairsOf(mapping);
  const isPlain = !mapping.repeats && !pairs.some(({ key }) => isDigit(key.text.charCodeAt(0)));
  if (isPlain) return pairs;
  return Object.values(Object.fromEntries(pairs.map((pair) => [pair.key.text, pair])));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The pairs of a mapping with those of its merge keys; its own come first and win. */
export function pairsOf(mapping: YamlMapping): readonly YamlPair[] {
  if (!mapping.pairs.some(isMerge)) return mapping.pairs;
  const pairs = new Map<string, YamlPair>();
  for (const pair of mapping.pairs) if (!isMerge(pair)) pairs.set(pair.key.text, pair);
  for (const { value } of mapping.pairs.filter(isMerge)) {
    const merged = resolveAlias(value);
    const sources = merged.kind === 'sequence' ? merged.items.map(resolveAlias) : [merged];
    for (const pair of sources.flatMap((source) => (source.kind === 'mapping' ? pairsOf(source) : []))) {
      if (!pairs.has(pair.key.text)) pairs.set(pair.key.text, pair);
    }
  }
  return [...pairs.values()];
}

function isMerge({ key }: YamlPair): boolean {
  return key.text === '<<' && key.style === 'plain';
}

function scalarValue({ text, style, tag }: YamlScalar, version: YamlVersion): JsonValue {
  if (tag === '!!str' || tag === '!!binary' || (style !== 'plain' && tag === undefined)) return text;
  if (text === '' || /^(?:~|null|Null|NULL)$/.test(text)) return null;
  const truth = truths[version].get(text);
  if (truth !== undefined) return truth;
  return numberOf(text, version) ?? text;
}

const truths: Readonly<Record<YamlVersion, ReadonlyMap<string, boolean>>> = {
  '1.1': truthsOf(['true', 'y', 'yes', 'on'], ['false', 'n', 'no', 'off']),
  '1.2': truthsOf(['true'], ['false']),
};

/** Each word as it is, with a capital, and in capitals. */
function truthsOf(yes: readonly string[], no: readonly string[]): ReadonlyMap<string, boolean> {
  return new Map([
    ...yes.flatMap(forms).map((word) => [word, true] as const),
    ...no.flatMap(forms).map((word) => [word, false] as const),
  ]);
}

function forms(word: string): string[] {
  return [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()];
}

function numberOf(text: string, version: YamlVersion): number | undefined {
  const first = text.charCodeAt(0);
  const mayBegin = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!mayBegin) return undefined;
  const plain = version === '1.1' ? text.replaceAll('_', '') : text;
  if (version === '1.1' && /^[-+]?0[0-7]+$/.test(plain)) return Number.parseInt(plain, 8);
  if (/^[-+]?\d+$/.test(plain)) return Number(plain);
  if (/^0o[0-7]+$/.test(plain) || /^0x[0-9a-fA-F]+$/.test(plain)) return Number(plain);
  if (version === '1.1' && /^0b[01]+$/.test(plain)) return Number(plain);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain)) return Number(plain);
  return undefined;
}
