import type { JsonValue, KeyPath } from '../model/json.ts';
import { resolveAlias, type YamlMapping, type YamlNode, type YamlPair, type YamlScalar } from './yaml.ts';

/** Kubernetes reads YAML as version 1.1 had it, where `yes` is true and `0755` is octal; Compose reads 1.2. */
export type YamlVersion = '1.1' | '1.2';

/** The value of a node, aliases and merge keys followed. What an alias stands for is one value in all its places. */
export function valueOf(node: YamlNode, version: YamlVersion): JsonValue {
  const known = new Map<YamlNode, JsonValue>();
  const visit = (each: YamlNode): JsonValue => {
    const resolved = resolveAlias(each);
    if (resolved.kind === 'scalar') return scalarValue(resolved, version);
    const before = known.get(resolved);
    if (before !== undefined) return before;
    const value =
      resolved.kind === 'sequence'
        ? resolved.items.map(visit)
        : Object.fromEntries(pairsOf(resolved).map(({ key, value: inner }) => [key.text, visit(inner)]));
    known.set(resolved, value);
    return value;
  };
  return visit(node);
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

/** What stands at a path. */
export interface YamlPlace {
  /** The key in front of it; absent for a list's entry and for the root. */
  readonly key?: YamlScalar;
  readonly node: YamlNode;
  /** How many steps of the path could be gone; fewer than all where the field is absent. */
  readonly depth: number;
}

/** The node at a path, or the nearest one around it. */
export function placeAt(root: YamlNode, path: KeyPath): YamlPlace {
  let place: YamlPlace = { node: root, depth: 0 };
  for (const [index, step] of path.entries()) {
    const inside = resolveAlias(place.node);
    const next: Pick<YamlPlace, 'key' | 'node'> | undefined =
      inside.kind === 'mapping'
        ? pairAt(inside, String(step))
        : inside.kind === 'sequence' && typeof step === 'number' && inside.items[step]
          ? { node: inside.items[step] }
          : undefined;
    if (!next) return place;
    place = { ...next, depth: index + 1 };
  }
  return place;
}

function pairAt(mapping: YamlMapping, name: string): Pick<YamlPlace, 'key' | 'node'> | undefined {
  const pair = pairsOf(mapping).find(({ key }) => key.text === name);
  return pair && { key: pair.key, node: pair.value };
}

/** Where a reader would point at: the key of a pair, the entry of a list. */
export function offsetOf({ key, node }: YamlPlace): number {
  return key?.start ?? node.start;
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
