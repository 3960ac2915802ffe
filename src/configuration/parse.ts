import { knownControls } from '../controls/known.ts';
import { nearest } from '../judge/nearest.ts';
import { requireBaseline } from '../judge/policy.ts';
import { requireControls } from '../judge/selection.ts';
import type { Waiver } from '../judge/waivers.ts';
import { PlimsollError } from '../model/error.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import { type Severity, severities } from '../model/severity.ts';
import { type LineIndex, lineIndex } from '../model/source-text.ts';
import { languages, type Text } from '../model/text.ts';
import { parseYaml, resolveAlias, type YamlMapping, type YamlNode } from '../syntax/yaml.ts';
import { valueOf } from '../syntax/yaml-value.ts';
import type { Configuration } from './configuration.ts';

const keys = [
  'baseline',
  'language',
  'failOn',
  'skip',
  'exclude',
  'kubernetesVersion',
  'parameters',
  'waivers',
] as const;
const waiverKeys = ['control', 'subject', 'reason', 'owner', 'until'] as const;

/** Reads `plimsoll.yaml`. Every error names the file, the line, the column and what was expected. */
export function parseConfiguration(file: string, text: string): Configuration {
  const lines = lineIndex(text);
  const reader = new Reader(file, lines);
  const [document, second] = parseYaml(text);
  const problem = document?.problems[0];
  if (problem) throw malformed(at(file, lines, problem.offset), problem.reason, '不是有效的 YAML：');
  if (second?.root) throw reader.wrong(second.root, 'one document, not several', '单个文档，而不是多个');
  const root = document?.root;
  if (root === undefined || isNothing(root)) return {};
  if (root.kind !== 'mapping') throw reader.wrong(root, 'a mapping', '映射');
  return readConfiguration(root, reader);
}

function readConfiguration(map: YamlMapping, reader: Reader): Configuration {
  const fields = reader.fields(map, keys);
  const skip = fields.skip && reader.list(fields.skip).map((node) => reader.selector(node));
  return {
    ...(fields.baseline ? { baseline: reader.baseline(fields.baseline) } : {}),
    ...(fields.language ? { language: reader.choice(fields.language, languages) } : {}),
    ...(fields.failOn ? { failOn: reader.choice<Severity>(fields.failOn, severities) } : {}),
    ...(skip ? { skip } : {}),
    ...(fields.exclude ? { exclude: reader.list(fields.exclude).map((node) => reader.text(node)) } : {}),
    ...(fields.kubernetesVersion ? { kubernetesVersion: reader.version(fields.kubernetesVersion) } : {}),
    ...(fields.parameters ? { parameters: readParameters(fields.parameters, reader) } : {}),
    ...(fields.waivers ? { waivers: reader.list(fields.waivers).map((node) => readWaiver(node, reader)) } : {}),
  };
}

function readWaiver(node: YamlNode, reader: Reader): Waiver {
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

function readParameters(node: YamlNode, reader: Reader): Record<string, JsonObject> {
  const result: Record<string, JsonObject> = {};
  for (const { key, value } of reader.map(node).pairs) {
    const selected = knownControls().find(({ id }) => id === reader.selector(key));
    if (!selected) throw reader.wrong(key, "a control's full id", '检查项的完整 id');
    const definitions = selected.parameters ?? {};
    const set: Record<string, JsonValue> = {};
    for (const pair of reader.map(value).pairs) {
      const name = reader.text(pair.key);
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      if (!definition) throw reader.unknownKey(pair.key, name, Object.keys(definitions));
      set[name] = reader.like(pair.value, definition.default);
    }
    result[selected.id] = set;
  }
  return result;
}

/** Takes nodes apart, and knows where they stand. */
class Reader {
  readonly #file: string;
  readonly #lines: LineIndex;

  constructor(file: string, lines: LineIndex) {
    this.#file = file;
    this.#lines = lines;
  }

  place(node: YamlNode): string {
    return at(this.#file, this.#lines, node.start);
  }

  wrong(node: YamlNode, expected: string, expectedChinese: string): PlimsollError {
    return malformed(this.place(node), `expected ${expected}`, `应为${expectedChinese}`);
  }

  unknownKey(node: YamlNode, name: string, known: readonly string[]): PlimsollError {
    const suggestion = nearest(name, known);
    const list = known.length > 0 ? known.join(', ') : '–';
    return malformed(
      this.place(node),
      `"${name}" is not known here${suggestion ? `; did you mean "${suggestion}"?` : ''} (known: ${list})`,
      `此处不支持“${name}”${suggestion ? `，您是否想写“${suggestion}”？` : ''}（支持：${list}）`,
    );
  }

  map(node: YamlNode): YamlMapping {
    if (node.kind !== 'mapping') throw this.wrong(node, 'a mapping', '映射');
    return node;
  }

  list(node: YamlNode): readonly YamlNode[] {
    if (node.kind !== 'sequence') throw this.wrong(node, 'a list', '列表');
    return node.items;
  }

  fields<K extends string>(map: YamlMapping, known: readonly K[]): Partial<Record<K, YamlNode>> {
    const result: Partial<Record<K, YamlNode>> = {};
    for (const { key, value } of map.pairs) {
      const name = this.text(key);
      const match = known.find((each) => each === name);
      if (!match) throw this.unknownKey(key, name, known);
      if (!isNothing(value)) result[match] = value;
    }
    return result;
  }

  /** Numbers are texts too: a control may be named 5.4. */
  text(node: YamlNode): string {
    const value = valueOf(node, '1.2');
    if (node.kind !== 'scalar' || !['string', 'number'].includes(typeof value))
      throw this.wrong(node, 'a text', '文本');
    const { text } = node;
    if (text.trim() === '') throw this.wrong(node, 'a text that is not empty', '非空文本');
    return text;
  }

  choice<T extends string>(node: YamlNode, choices: readonly T[]): T {
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

  date(node: YamlNode): string {
    const text = this.text(node);
    const date = new Date(`${text}T00:00:00Z`);
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) {
      throw this.wrong(node, 'a date such as 2027-01-31', '日期，例如 2027-01-31');
    }
    return text;
  }

  /** `1.31` may be written as a number too. */
  version(node: YamlNode): KubernetesVersion {
    const [, major, minor] = /^v?(\d+)\.(\d+)$/.exec(this.text(node)) ?? [];
    if (major === undefined || minor === undefined) throw this.wrong(node, 'a version such as 1.31', '版本，例如 1.31');
    return { major: Number(major), minor: Number(minor) };
  }

  selector(node: YamlNode): string {
    const text = this.text(node);
    requireControls(text, this.place(node));
    return text;
  }

  baseline(node: YamlNode): string {
    const name = this.text(node);
    try {
      return requireBaseline(name).name;
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      throw new PlimsollError('configuration', prefixed(this.place(node), error.text), error.advice);
    }
  }

  /** A value of the same kind as `model`; lists hold what the model's list holds, texts when it is empty. */
  like(node: YamlNode, model: JsonValue): JsonValue {
    const value = valueOf(node, '1.2');
    const expected = kindOf(model);
    if (kindOf(value) !== expected) throw this.wrong(node, expected.en, expected.zh);
    if (Array.isArray(model)) {
      for (const item of this.list(resolveAlias(node))) this.like(item, (model[0] ?? '') as JsonValue);
    }
    return value;
  }
}

/** What stands after a key, or between document marks, when nothing does. */
function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && valueOf(node, '1.2') === null;
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

function at(file: string, lines: LineIndex, offset: number): string {
  const { line, column } = lines.positionAt(offset);
  return `${file}:${line}:${column}`;
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
