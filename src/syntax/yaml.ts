import {
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { Span } from '../model/source-text.ts';

/** A node of a YAML or JSON text, with the stretch that it was written in. */
export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;

interface NodeBase extends Span {
  /** As written: `!reset`, `!!str`; undefined where there is none. */
  readonly tag: string | undefined;
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  /** Quotes and escapes taken away; empty where nothing is written. */
  readonly text: string;
  readonly style: 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';
}

export interface YamlMapping extends NodeBase {
  readonly kind: 'mapping';
  /** `{ a: b }` in one, and not line by line. */
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
  /** Whether a key is there twice; it is among the problems then. */
  readonly repeats: boolean;
}

export interface YamlPair {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly target: YamlScalar | YamlMapping | YamlSequence;
}

export interface YamlDocument {
  /** Absent where the document is empty. */
  readonly root?: YamlNode;
  /** Begins with 1 what the parser refused, in words of its own, in English. */
  readonly problems: readonly YamlProblem[];
}

export interface YamlProblem {
  readonly reason: string;
  readonly offset: number;
}

/** Aliases may stand for each other's contents many times over; more nodes than this are an attack or a mistake. */
const maximumNodes = 2_000_000;

/**
 * Reads every document of a YAML text; JSON is read as the YAML that it is. Where a document cannot be read, the
 * others still are, and it is there without a root.
 */
export function parseYaml(text: string): YamlDocument[] {
  try {
    return composeDocuments(text, parseEvents(text, {}), 0);
  } catch (error) {
    const parts = partsOf(text);
    return parts.length > 1 ? parts.flatMap((part) => parsePart(text, part)) : [failed(error, 0)];
  }
}

function parsePart(text: string, { start, end }: Span): YamlDocument[] {
  try {
    const part = text.slice(start, end);
    return composeDocuments(part, parseEvents(part, {}), start);
  } catch (error) {
    return [failed(error, start)];
  }
}

function failed(error: unknown, base: number): YamlDocument {
  if (error instanceof YAMLException) {
    return { problems: [{ reason: error.reason, offset: base + (error.mark?.position ?? 0) }] };
  }
  return { problems: [{ reason: (error as Error).message, offset: base }] };
}

/** The documents of a text, each from its `---` to the next. */
function partsOf(text: string): Span[] {
  const starts = [...text.matchAll(/^---(?=[ \t\r\n]|$)/gm)].map(({ index }) => index);
  const cuts = [...(starts[0] === 0 ? [] : [0]), ...starts, text.length];
  return cuts
    .slice(0, -1)
    .map((start, index) => ({ start, end: cuts[index + 1] ?? text.length }))
    .filter(({ start, end }) => text.slice(start, end).replaceAll(/^---|\s|#.*/gm, '') !== '');
}

function composeDocuments(text: string, events: readonly Event[], base: number): YamlDocument[] {
  const reader = new Composer(text, events, base);
  return reader.documents();
}

/** Builds nodes from events. It holds the place in both, and the anchors of the document. */
class Composer {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #base: number;
  #index = 0;
  /** Offset behind the last thing read. */
  #cursor = 0;
  #anchors = new Map<string, { readonly node?: YamlScalar | YamlMapping | YamlSequence; readonly size: number }>();
  #problems: YamlProblem[] = [];
  /** Nodes of the document with every alias counted as often as it stands for something. */
  #size = 0;

  constructor(text: string, events: readonly Event[], base: number) {
    this.#text = text;
    this.#events = events;
    this.#base = base;
  }

  documents(): YamlDocument[] {
    const documents: YamlDocument[] = [];
    while (this.#index < this.#events.length) {
      this.#index += 1;
      this.#anchors = new Map();
      this.#problems = [];
      this.#size = 0;
      const next = this.#events[this.#index];
      const root = next && next.type !== EVENT_ID.POP ? this.#node() : undefined;
      this.#index += 1;
      const isEmpty = root === undefined || (root.kind === 'scalar' && root.text === '' && root.start === root.end);
      if (this.#size > maximumNodes) {
        documents.push({ problems: [{ reason: 'aliases expand to too many nodes', offset: this.#base }] });
      } else documents.push({ problems: this.#problems, ...(isEmpty ? {} : { root }) });
    }
    return documents;
  }

  #node(): YamlNode {
    const event = this.#events[this.#index];
    this.#index += 1;
    this.#size += 1;
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.#anchored(event, this.#scalar(event));
      case EVENT_ID.SEQUENCE:
        return this.#collection(event, () => this.#sequence(event));
      case EVENT_ID.MAPPING:
        return this.#collection(event, () => this.#mapping(event));
      case EVENT_ID.ALIAS: {
        const name = this.#text.slice(event.anchorStart, event.anchorEnd);
        const anchor = this.#anchors.get(name);
        const span = this.#span(event.anchorStart - 1, event.anchorEnd);
        this.#cursor = event.anchorEnd;
        if (!anchor?.node) {
          const reason = anchor ? `the alias "${name}" contains itself` : `there is no anchor "${name}"`;
          this.#problems.push({ reason, offset: span.start });
          return { kind: 'scalar', text: '', style: 'plain', tag: undefined, ...span };
        }
        this.#size += anchor.size;
        return { kind: 'alias', target: anchor.node, tag: undefined, ...span };
      }
      default:
        throw new TypeError('the events of a YAML text are out of order');
    }
  }

  #scalar(event: ScalarEvent): YamlScalar {
    const { valueStart, valueEnd } = event;
    const tag = this.#tag(event);
    const style = styleNames[event.style];
    if (valueStart < 0) {
      // Nothing stands behind the colon or the dash.
      const mark = /^\s*[:-](?=\s|$)/.exec(this.#text.slice(this.#cursor, this.#cursor + 1000));
      this.#cursor = Math.max(this.#cursor + (mark?.[0].length ?? 0), event.tagEnd, event.anchorEnd);
      const at = this.#cursor;
      return { kind: 'scalar', text: '', style, tag, start: this.#base + at, end: this.#base + at };
    }
    const text = event.fast ? this.#text.slice(valueStart, valueEnd) : getScalarValue(this.#text, event);
    if (style === 'plain') {
      this.#cursor = valueEnd;
      return { kind: 'scalar', text, style, tag, start: this.#base + valueStart, end: this.#base + valueEnd };
    }
    const [start, end] = this.#extent(style, valueStart, valueEnd);
    this.#cursor = end;
    return { kind: 'scalar', text, style, tag, start: this.#base + start, end: this.#base + end };
  }

  /** With quotes, or with the mark of a block in front of its lines. */
  #extent(style: YamlScalar['style'], start: number, end: number): [number, number] {
    if (style === 'single-quoted' || style === 'double-quoted') return [start - 1, end + 1];
    const header = /[|>][-+0-9]*[ \t]*(?:#.*)?(?:\r\n?|\n)/.exec(this.#text.slice(this.#cursor, start));
    return [header ? this.#cursor + header.index : start, end];
  }

  #collection<N extends YamlMapping | YamlSequence>(
    event: { readonly anchorStart: number; readonly anchorEnd: number },
    read: () => N,
  ): N {
    const before = this.#size;
    const name = event.anchorStart < 0 ? undefined : this.#text.slice(event.anchorStart, event.anchorEnd);
    if (name !== undefined) this.#anchors.set(name, { size: 0 });
    const node = read();
    if (name !== undefined) this.#anchors.set(name, { node, size: this.#size - before });
    return node;
  }

  #sequence(event: Event & { readonly type: typeof EVENT_ID.SEQUENCE }): YamlSequence {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const items: YamlNode[] = [];
    this.#cursor = event.start + (flow ? 1 : 0);
    while (this.#events[this.#index]?.type !== EVENT_ID.POP) items.push(this.#node());
    this.#index += 1;
    const end = this.#endOf(flow);
    return { kind: 'sequence', flow, items, tag: this.#tag(event), ...this.#span(event.start, end) };
  }

  #mapping(event: Event & { readonly type: typeof EVENT_ID.MAPPING }): YamlMapping {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const pairs: YamlPair[] = [];
    const seen = new Set<string>();
    this.#cursor = event.start + (flow ? 1 : 0);
    while (this.#events[this.#index]?.type !== EVENT_ID.POP) {
      const key = this.#node();
      const value = this.#node();
      if (key.kind !== 'scalar') {
        this.#problems.push({ reason: 'a key that is no plain text', offset: key.start });
        continue;
      }
      if (seen.has(key.text) && key.text !== '<<') {
        this.#problems.push({ reason: `the key "${key.text}" is there twice`, offset: key.start });
      }
      seen.add(key.text);
      pairs.push({ key, value });
    }
    this.#index += 1;
    const end = this.#endOf(flow);
    const repeats = seen.size < pairs.length;
    return { kind: 'mapping', flow, pairs, repeats, tag: this.#tag(event), ...this.#span(event.start, end) };
  }

  /** A collection in brackets ends behind its bracket, any other behind the last thing in it. */
  #endOf(flow: boolean): number {
    if (flow) {
      const closing = /^(?:[\s,:]|#.*)*[\]}]/.exec(this.#text.slice(this.#cursor));
      this.#cursor += closing ? closing[0].length : 0;
    }
    return this.#cursor;
  }

  #anchored(event: ScalarEvent, node: YamlScalar): YamlScalar {
    if (event.anchorStart >= 0) {
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), { node, size: 1 });
    }
    return node;
  }

  #tag({ tagStart, tagEnd }: { readonly tagStart: number; readonly tagEnd: number }): string | undefined {
    return tagStart < 0 ? undefined : this.#text.slice(tagStart, tagEnd);
  }

  #span(start: number, end: number): Span {
    return { start: this.#base + start, end: this.#base + end };
  }
}

const styleNames: Readonly<Record<ScalarEvent['style'], YamlScalar['style']>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single-quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double-quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/** What an alias stands for; any other node is itself. */
export function resolveAlias(node: YamlNode): YamlScalar | YamlMapping | YamlSequence {
  return node.kind === 'alias' ? node.target : node;
}
