import type { KeyPath } from '../../model/json.ts';
import type { YamlNode } from '../../syntax/yaml.ts';

/** The path of the node, or of the pair, that begins at an offset; undefined where none does. Aliases are not followed. */
export function pathAtOffset(node: YamlNode, offset: number, path: KeyPath = []): KeyPath | undefined {
  if (node.kind === 'mapping') {
    for (const { key, value } of node.pairs) {
      if (key.start === offset) return [...path, key.text];
      if (value.start <= offset && offset <= value.end) return pathAtOffset(value, offset, [...path, key.text]);
    }
  }
  if (node.kind === 'sequence') {
    const index = node.items.findIndex((item) => item.start <= offset && offset <= item.end);
    const item = node.items[index];
    if (item) return item.start === offset ? [...path, index] : pathAtOffset(item, offset, [...path, index]);
  }
  return node.start === offset ? path : undefined;
}
