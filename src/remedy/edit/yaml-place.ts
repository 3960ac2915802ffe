import type { JsonValue, KeyPath } from '../../model/json.ts';
import { resolveAlias, type YamlMapping, type YamlNode, type YamlPair, type YamlSequence } from '../../syntax/yaml.ts';
import { pairsOf, valueOf, type YamlVersion } from '../../syntax/yaml-value.ts';

/** What is written at a path itself: not behind an alias, and not merged in. */
export interface OwnPlace {
  readonly node: YamlNode;
  readonly pair?: YamlPair;
  readonly parent?: YamlMapping | YamlSequence;
  /** How many steps of the path lead to it. */
  readonly depth: number;
}

/** The deepest part of the path that is written at this very place. */
export function ownPlace(root: YamlNode, path: KeyPath): OwnPlace {
  let place: OwnPlace = { node: root, depth: 0 };
  for (const [index, key] of path.entries()) {
    const { node } = place;
    if (node.kind === 'mapping') {
      const pair = ownPair(node, String(key));
      if (!pair) return place;
      place = { node: pair.value, pair, parent: node, depth: index + 1 };
    } else if (node.kind === 'sequence' && typeof key === 'number' && node.items[key]) {
      place = { node: node.items[key], parent: node, depth: index + 1 };
    } else return place;
  }
  return place;
}

export function ownPair(mapping: YamlMapping, key: string): YamlPair | undefined {
  return mapping.pairs.find((each) => each.key.text === key);
}

export function isMerge({ key }: YamlPair): boolean {
  return key.text === '<<' && key.style === 'plain';
}

/** What a mapping has from its merge keys, whatever it says itself. */
export function mergedPairs(mapping: YamlMapping): readonly YamlPair[] {
  const merges = mapping.pairs.filter(isMerge);
  return merges.length === 0 ? [] : pairsOf({ ...mapping, pairs: merges }).filter((pair) => !isMerge(pair));
}

/** What a merge gives a mapping under a key. */
export function mergedValue(mapping: YamlMapping, key: string, version: YamlVersion): JsonValue | undefined {
  const pair = mergedPairs(mapping).find((each) => each.key.text === key);
  return pair && valueOf(pair.value, version);
}

/** What a node has under a key, from wherever it has it. */
export function valueUnder(node: YamlNode, key: string, version: YamlVersion): JsonValue | undefined {
  const mapping = resolveAlias(node);
  if (mapping.kind !== 'mapping') return undefined;
  const pair = pairsOf(mapping).find((each) => each.key.text === key);
  return pair && valueOf(pair.value, version);
}
