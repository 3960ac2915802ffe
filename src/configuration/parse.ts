import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { controls } from '../controls/registry.ts';
import { nearest } from '../judge/nearest.ts';
import { requireBaseline } from '../judge/policy.ts';
import { requireControls } from '../judge/selection.ts';
import type { Waiver } from '../judge/waivers.ts';
import { PlimsollError } from '../model/error.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { type Severity, severities } from '../model/severity.ts';
import { languages, type Text } from '../model/text.ts';
import type { Configuration } from './configuration.ts';

const keys = ['baseline', 'language', 'failOn', 'skip', 'parameters', 'waivers'] as const;
const waiverKeys = ['control', 'subject', 'reason', 'owner', 'until'] as const;

/** Reads `plimsoll.yaml`. Every error names the file, the line, the column and what was expected. */
export function parseConfiguration(file: string, text: string): Configuration {
  const lines = new LineCounter();
  const document = parse(file, text, lines);
  const problem = document.errors[0];
  if (problem) throw malformed(at(file, lines, problem.pos[0]), firstLine(problem.message), '不是有效的 YAML：');
  const reader = new Reader(file, lines);
  if (document.contents === null || isNothing(document.contents)) return {};
  if (!isMap(document.contents)) throw reader.wrong(document.contents, 'a mapping', '映射');
  return readConfiguration(document.contents, reader);
}

/** The parser descends into lists and mappings by calling itself. */
function parse(file: string, text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw malformed(`${file}:1:1`, 'expected fewer lists and mappings within each other', '嵌套的列表或映射过深');
  }
}

function readConfiguration(map: YAMLMap<Node, Node | null>, reader: Reader): Configuration {
  const fields = reader.fields(map, keys);
  const skip = fields.skip && reader.list(fields.skip).map((node) => reader.selector(node));
  return {
    ...(fields.baseline ? { baseline: reader.baseline(fields.baseline) } : {}),
    ...(fields.language ? { language: reader.choice(fields.language, languages) } : {}),
    ...(fields.failOn ? { failOn: reader.choice<Severity>(fields.failOn, severities) } : {}),
    ...(skip ? { skip } : {}),
    ...(fields.parameters ? { parameters: readParameters(fields.parameters, reader) } : {}),
    ...(fields.waivers ? { waivers: reader.list(fields.waivers).map((node) => readWaiver(node, reader)) } : {}),
  };
}

function readWaiver(node: Node, reader: Reader): Waiver {
  const fields = reader.fields(reader.map(node), waiverKeys);
  const required = (name: (typeof waiverKeys)[number]) => {
    const field = fields[name];
    if (!field) throw reader.wrong(node, `"${name}" in the waiver`, `豁免项中的“${name}”`);
    return field;
  };
  return {
    control: reader.selector(required('control')),
    subject: reader.text(required('subject')),
    reason: reader.text(required('reason')),
    owner: reader.text(required('owner')),
    until: reader.date(required('until')),
  };
}

function readParameters(node: Node, reader: Reader): Record<string, JsonObject> {
  const result: Record<string, JsonObject> = {};
  for (const { key, value } of reader.pairs(reader.map(node))) {
    const selected = controls.find(({ id }) => id === reader.selector(key));
    if (!selected) throw reader.wrong(key, "a control's full id", '检查项的完整 id');
    const definitions = selected.parameters ?? {};
    const set: Record<string, JsonValue> = {};
    for (const pair of reader.pairs(reader.map(value ?? key))) {
      const name = reader.text(pair.key);
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      if (!definition) throw reader.unknownKey(pair.key, name, Object.keys(definitions));
      set[name] = reader.like(pair.value ?? pair.key, definition.default);
    }
    result[selected.id] = set;
  }
  return result;
}

/** Takes nodes apart, and knows where they stand. */
class Reader {
  readonly #file: string;
  readonly #lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  place(node: Node): string {
    return at(this.#file, this.#lines, node.range?.[0] ?? 0);
  }

  wrong(node: Node, expected: string, expectedChinese: string): PlimsollError {
    return malformed(this.place(node), `expected ${expected}`, `应为${expectedChinese}`);
  }

  unknownKey(node: Node, name: string, known: readonly string[]): PlimsollError {
    const suggestion = nearest(name, known);
    const list = known.length > 0 ? known.join(', ') : '–';
    return malformed(
      this.place(node),
      `"${name}" is not known here${suggestion ? `; did you mean "${suggestion}"?` : ''} (known: ${list})`,
      `此处不支持“${name}”${suggestion ? `，您是否想写“${suggestion}”？` : ''}（支持：${list}）`,
    );
  }

  map(node: Node): YAMLMap<Node, Node | null> {
    if (!isMap(node)) throw this.wrong(node, 'a mapping', '映射');
    return node as YAMLMap<Node, Node | null>;
  }

  list(node: Node): Node[] {
    if (!isSeq(node)) throw this.wrong(node, 'a list', '列表');
    return node.items as Node[];
  }

  pairs(map: YAMLMap<Node, Node | null>): Pair<Node, Node | null>[] {
    return map.items;
  }

  fields<K extends string>(map: YAMLMap<Node, Node | null>, known: readonly K[]): Partial<Record<K, Node>> {
    const result: Partial<Record<K, Node>> = {};
    for (const { key, value } of map.items) {
      const name = this.text(key);
      const match = known.find((each) => each === name);
      if (!match) throw this.unknownKey(key, name, known);
      if (value !== null && !isNothing(value)) result[match] = value;
    }
    return result;
  }

  /** Numbers are texts too: a control may be named 5.4. */
  text(node: Node): string {
    if (!isScalar(node) || !['string', 'number'].includes(typeof node.value)) throw this.wrong(node, 'a text', '文本');
    const text = node.source ?? String(node.value);
    if (text.trim() === '') throw this.wrong(node, 'a text that is not empty', '非空文本');
    return text;
  }

  choice<T extends string>(node: Node, choices: readonly T[]): T {
    const text = this.text(node);
    const match = choices.find((each) => each === text);
    if (match) return match;
    const suggestion = nearest(text, choices);
    throw this.wrong(
      node,
      `one of ${choices.join(', ')}${suggestion ? `; did you mean "${suggestion}"?` : ''}`,
      `以下之一：${choices.join('、')}${suggestion ? `；您是否想写“${suggestion}”？` : ''}`,
    );
  }

  date(node: Node): string {
    const text = this.text(node);
    const date = new Date(`${text}T00:00:00Z`);
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) {
      throw this.wrong(node, 'a date such as 2027-01-31', '日期，例如 2027-01-31');
    }
    return text;
  }

  selector(node: Node): string {
    const text = this.text(node);
    requireControls(text, this.place(node));
    return text;
  }

  baseline(node: Node): string {
    const name = this.text(node);
    try {
      return requireBaseline(name).name;
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      throw new PlimsollError('configuration', prefixed(this.place(node), error.text), error.advice);
    }
  }

  /** A value of the same kind as `model`; lists hold what the model's list holds, texts when it is empty. */
  like(node: Node, model: JsonValue): JsonValue {
    if (isAlias(node)) throw this.wrong(node, 'the value itself instead of an alias', '值本身，而不是别名');
    const value = JSON.parse(JSON.stringify(node)) as JsonValue;
    const expected = kindOf(model);
    if (kindOf(value) !== expected) throw this.wrong(node, expected.en, expected.zh);
    if (Array.isArray(model)) for (const item of this.list(node)) this.like(item, (model[0] ?? '') as JsonValue);
    return value;
  }
}

/** What stands after a key, or between document marks, when nothing does. */
function isNothing(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

const kinds = {
  list: { en: 'a list', zh: '列表' },
  text: { en: 'a text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  mapping: { en: 'a mapping', zh: '映射' },
} as const satisfies Record<string, Text>;

function kindOf(value: JsonValue): Text {
  if (Array.isArray(value)) return kinds.list;
  if (typeof value === 'string') return kinds.text;
  if (typeof value === 'number') return kinds.number;
  return typeof value === 'boolean' ? kinds.boolean : kinds.mapping;
}

function at(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

function firstLine(text: string): string {
  return text.split(/ at line \d|\n/)[0] ?? text;
}

function prefixed(place: string, text: Text): Text {
  return { en: `${place}: ${text.en}`, zh: `${place}：${text.zh}` };
}

function malformed(place: string, en: string, zh: string): PlimsollError {
  return new PlimsollError('configuration', {
    en: `${place}: ${en}`,
    zh: `${place}：${zh}${zh.endsWith('：') ? en : ''}`,
  });
}
