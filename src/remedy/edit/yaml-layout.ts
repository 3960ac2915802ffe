import { resolveAlias, type YamlMapping, type YamlNode, type YamlSequence } from '../../syntax/yaml.ts';

// How a YAML text is laid out: where lines begin and end, and by how much levels are indented.

/** Where a line begins. */
export function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** Where a line ends, in front of its line end. */
export function endOfLine(text: string, offset: number): number {
  for (let index = offset; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\n' || character === '\r') return index;
  }
  return text.length;
}

/** Behind the line end that stands at an offset. */
export function behindLineEnd(text: string, lineEnd: number): number {
  return lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : lineEnd < text.length ? 1 : 0);
}

/** From 0. */
export function columnAt(text: string, offset: number): number {
  return offset - startOfLine(text, offset);
}

/** Where the last thing in a node ends; a block of lines does not own the empty line behind it. */
export function contentEnd(text: string, node: YamlNode): number {
  let { end } = node;
  while (end > node.start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

export function isBlock(node: YamlNode): node is YamlMapping | YamlSequence {
  return (node.kind === 'mapping' || node.kind === 'sequence') && !node.flow;
}

/** By how much levels of a document are indented. */
export interface Indentation {
  /** A mapping in a mapping, in columns. */
  readonly step: number;
  /** A list's dashes from the key of the list: as far as a mapping, or not at all. */
  readonly list: number;
}

/** As the document has it most often. */
export function indentationOf(root: YamlNode, text: string): Indentation {
  const steps = new Map<number, number>();
  const lists = new Map<number, number>();
  count(root, text, { steps, lists });
  const step = mostFrequent(steps.size > 0 ? steps : lists, 2, (width) => width > 0);
  return { step, list: mostFrequent(lists, step, () => true) };
}

interface Counts {
  readonly steps: Map<number, number>;
  readonly lists: Map<number, number>;
}

function count(node: YamlNode, text: string, counts: Counts): void {
  if (!isBlock(node)) return;
  if (node.kind === 'sequence') {
    for (const item of node.items) count(item, text, counts);
    return;
  }
  for (const { key, value } of node.pairs) {
    if (isBlock(value)) {
      const width = columnAt(text, value.start) - columnAt(text, key.start);
      const widths = value.kind === 'sequence' ? counts.lists : counts.steps;
      widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    count(value, text, counts);
  }
}

function mostFrequent(
  widths: ReadonlyMap<number, number>,
  usual: number,
  isPossible: (width: number) => boolean,
): number {
  const [best] = [...widths]
    .filter(([width]) => width >= 0 && isPossible(width))
    .toSorted(([one, left], [other, right]) => right - left || one - other);
  return best ? best[0] : usual;
}

/** The same, as the mapping around a place has it, where it has any levels of its own. */
export function indentationIn(mapping: YamlNode, text: string, usual: Indentation): Indentation {
  const node = resolveAlias(mapping);
  if (node.kind !== 'mapping' || node.flow) return usual;
  const widthOf = (kind: 'mapping' | 'sequence') => {
    const pair = node.pairs.find(({ value }) => value.kind === kind && isBlock(value));
    return pair && columnAt(text, pair.value.start) - columnAt(text, pair.key.start);
  };
  return { step: widthOf('mapping') || usual.step, list: widthOf('sequence') ?? usual.list };
}
