import { knownControls } from '../controls/known.ts';
import { nearest } from '../judge/nearest.ts';
import { requireBaseline } from '../judge/policy.ts';
import { requireControls } from '../judge/selection.ts';
import type { Control } from '../model/control.ts';
import { isDay } from '../model/day.ts';
import { PlimsollError } from '../model/error.ts';
import type { JsonValue } from '../model/json.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import type { LineIndex } from '../model/source-text.ts';
import type { Text } from '../model/text.ts';
import { resolveAlias, type YamlMapping, type YamlNode } from '../syntax/yaml.ts';
import { valueOf } from '../syntax/yaml-value.ts';

/** Takes nodes apart, and knows where they stand. */
export class Reader {
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

  required<K extends string>(map: YamlNode, fields: Partial<Record<K, YamlNode>>, name: K, whose: Text): YamlNode {
    const field = fields[name];
    if (!field) throw this.wrong(map, `"${name}" in ${whose.en}`, `${whose.zh}中的“${name}”`);
    return field;
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
    if (!isDay(text)) throw this.wrong(node, 'a date such as 2027-01-31', '日期，例如 2027-01-31');
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

  /** One control, by its full id. */
  control(node: YamlNode): Control {
    const id = this.selector(node);
    const control = knownControls().find((each) => each.id === id);
    if (!control) throw this.wrong(node, "a control's full id", '检查项的完整 id');
    return control;
  }

  /** The id of a control that asks a person. */
  question(node: YamlNode): string {
    const { id, question } = this.control(node);
    if (question) return id;
    throw malformed(
      this.place(node),
      `${id} asks nobody: it is judged by what is read`,
      `${id} 无需人工回答：依据读取到的事实判断`,
    );
  }

  /** A purl that may have stars in it. */
  purlPattern(node: YamlNode): string {
    const text = this.text(node);
    if (!text.startsWith('pkg:')) {
      throw this.wrong(node, 'a purl such as pkg:deb/debian/openssl*', 'purl，例如 pkg:deb/debian/openssl*');
    }
    return text;
  }

  answeredTwice(node: YamlNode, id: string): PlimsollError {
    return malformed(this.place(node), `${id} is answered twice`, `${id} 被回答了两次`);
  }

  boolean(node: YamlNode): boolean {
    const value = valueOf(node, '1.2');
    if (typeof value !== 'boolean') throw this.wrong(node, kinds.boolean.en, kinds.boolean.zh);
    return value;
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
export function isNothing(node: YamlNode): boolean {
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

export function at(file: string, lines: LineIndex, offset: number): string {
  const { line, column } = lines.positionAt(offset);
  return `${file}:${line}:${column}`;
}

function prefixed(place: string, text: Text): Text {
  return { en: `${place}: ${text.en}`, zh: `${place}：${text.zh}` };
}

export function malformed(place: string, en: string, zh: string): PlimsollError {
  return new PlimsollError('configuration', {
    en: `${place}: ${en}`,
    zh: `${place}：${zh}${zh.endsWith('：') ? en : ''}`,
  });
}
