import { isObject, type JsonValue, type KeyPath, pathText } from '../../../model/json.ts';
import type { KubernetesObject } from '../../../model/kubernetes.ts';
import type { Text } from '../../../model/text.ts';
import type { FileProblem } from '../written-file.ts';
import { fieldsOf, typeOfObject } from './fields.ts';
import { homeOf, nearestField } from './misplaced-field.ts';
import { quantityOf } from './quantity.ts';

/** Kinds that hold a template of the API's own, in older versions of their groups too. */
const workloadGroups = new Set(['', 'apps', 'batch', 'extensions']);

/**
 * What is misspelt, misplaced or of the wrong type in an object: all of it is lost or refused when the object is
 * applied. Of kinds that are not the API's own only the pod is looked at, and only for what is nearly a known field.
 */
export function fieldProblems(object: KubernetesObject): FileProblem[] {
  const type = typeOfObject(object.apiVersion, object.kind);
  const problems: FileProblem[] = [];
  if (type !== undefined) new Check(object, problems, true).value(object.value, type);
  else if (object.pod) {
    const { path, metadata, spec } = object.pod;
    const strict = workloadGroups.has(object.group);
    new Check(object, problems, strict, [...path, 'metadata']).value(metadata, 'ObjectMeta');
    new Check(object, problems, strict, [...path, 'spec']).value(spec, 'PodSpec');
  }
  return problems;
}

/** Walks one object; it holds where the problems go. */
class Check {
  readonly #object: KubernetesObject;
  readonly #problems: FileProblem[];
  readonly #strict: boolean;
  /** Where it is in the object. */
  readonly #path: (string | number)[];

  constructor(object: KubernetesObject, problems: FileProblem[], strict: boolean, path: KeyPath = []) {
    this.#object = object;
    this.#path = [...path];
    this.#problems = problems;
    this.#strict = strict;
  }

  value(value: JsonValue | undefined, type: string): void {
    if (value === undefined || value === null || type === 'any') return;
    if (type.startsWith('[]')) {
      if (!Array.isArray(value)) return this.#wrongType(value, 'list');
      const items = value as readonly JsonValue[];
      return items.forEach((item, index) => this.#within(index, item, type.slice(2)));
    }
    const fields = fieldsOf(type);
    if (!fields && !type.startsWith('{}')) {
      if (!isScalar(value, type)) this.#wrongType(value, type.startsWith('=') ? 'string' : type);
      return;
    }
    if (!isObject(value)) return this.#wrongType(value, 'object');
    for (const key of Object.keys(value)) {
      const known = fields ? fields.get(key) : type.slice(2);
      if (known !== undefined) this.#within(key, value[key], known);
      else this.#unknownField(key, type);
    }
  }

  #within(key: string | number, value: JsonValue | undefined, type: string): void {
    this.#path.push(key);
    this.value(value, type);
    this.#path.pop();
  }

  #unknownField(key: string, type: string): void {
    // `$patch` and its like are directions to the program that merges a patch.
    if (key.startsWith('$')) return;
    const near = nearestField(key, type);
    const home = near === undefined || !near.sure ? homeOf(key, type) : undefined;
    if (!this.#strict && near === undefined && home === undefined) return;
    const where = this.#path.length === 0 ? this.#object.kind : pathText(this.#path);
    this.#report('notice', [...this.#path, key], {
      reason: {
        en: `"${key}" is not a field of ${where}: Kubernetes ignores it or refuses the object`,
        zh: `${where} 没有字段 "${key}"：Kubernetes 会忽略该字段或拒绝整个对象`,
      },
      need: needFor(near?.name, home),
    });
  }

  #wrongType(value: JsonValue, expected: string): void {
    const path = [...this.#path];
    if (typeof value === 'string' && isPlaceholder(value)) return;
    const words = expectations[expected];
    if (!words) return;
    const found = foundWords(value, expected);
    const isText = expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
    this.#report('error', path, {
      reason: {
        en: `${pathText(path)} must be ${words.en}, and is ${found.en}`,
        zh: `${pathText(path)} 应为${words.zh}，实际为${found.zh}`,
      },
      need: isText
        ? { en: 'put the value in quotes', zh: '请为该值加上引号' }
        : typeof value === 'string' && (expected === 'boolean' || expected === 'integer')
          ? { en: `write ${words.en}, without quotes`, zh: `请写成${words.zh}，不加引号` }
          : { en: `write ${words.en}`, zh: `请改为${words.zh}` },
    });
  }

  #report(kind: FileProblem['kind'], path: KeyPath, words: Pick<FileProblem, 'reason' | 'need'>): void {
    const { file = '', line, column } = this.#object.locate(path);
    this.#problems.push({
      file,
      kind,
      ...words,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    });
  }
}

function needFor(near: string | undefined, home: Text | undefined): Text {
  if (home) return { en: `move it to ${home.en}`, zh: `请移到${home.zh}` };
  return near === undefined
    ? { en: 'check how it is spelt and where it belongs, or take it away', zh: '请检查拼写和位置，或删除该字段' }
    : { en: `write "${near}"`, zh: `请写成 "${near}"` };
}

const expectations: Readonly<Record<string, Text>> = {
  boolean: { en: 'true or false', zh: ' true 或 false' },
  integer: { en: 'a whole number', zh: '整数' },
  string: { en: 'a text', zh: '文本' },
  quantity: { en: 'an amount such as 500m or 256Mi', zh: '数量，例如 500m 或 256Mi' },
  'integer-or-string': { en: 'a whole number or a text', zh: '整数或文本' },
  list: { en: 'a list', zh: '列表' },
  object: { en: 'an object with fields', zh: '含字段的对象' },
};

/** The value itself may be a secret, and is not shown. */
function foundWords(value: JsonValue, expected: string): Text {
  if (Array.isArray(value)) return { en: 'a list', zh: '列表' };
  if (typeof value === 'object') return { en: 'an object', zh: '对象' };
  if (typeof value === 'boolean') return { en: 'true or false', zh: '布尔值' };
  if (typeof value === 'number') return { en: 'a number', zh: '数字' };
  return expected === 'quantity' ? { en: 'another text', zh: '其他文本' } : { en: 'a text', zh: '文本' };
}

function isScalar(value: JsonValue, type: string): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'quantity') return quantityOf(value) !== undefined;
  if (type === 'integer-or-string') return typeof value === 'string' || Number.isInteger(value);
  return typeof value === 'string';
}

/** What a program is still to fill in. */
function isPlaceholder(text: string): boolean {
  return /\$\{|\$\(|\{\{|<%|^\$[A-Z_]+$/.test(text);
}
