import { distance } from 'fastest-levenshtein';
import { type KeyPath, pathText } from '../../../model/json.ts';
import type { Text } from '../../../model/text.ts';
import type { FileProblem } from '../written-file.ts';
import type { ComposeMapping, ComposeNode, ComposeScalar } from './node.ts';
import { problemAt } from './problem.ts';
import { projectShape } from './schema.ts';
import type { MappingShape, Shape } from './shape.ts';

export interface ValidationOptions {
  /** Nothing else is merged into it: what is required must be there. */
  readonly complete: boolean;
}

/** More are not reported of one document: it is no Compose file, or one mistake is everywhere. */
const mostProblems = 100;

/**
 * Compares a document with the shapes of the specification. What has the wrong type is an error; a key that has no
 * meaning, and nothing where something should be, is a notice: it keeps nothing else from being judged.
 */
export function validate(root: ComposeNode, { complete }: ValidationOptions): FileProblem[] {
  const problems: FileProblem[] = [];
  const seen = new Map<Shape, WeakSet<object>>();
  const visit = (node: ComposeNode, shape: Shape, path: KeyPath): void => {
    if (node.merging === 'reset' || problems.length >= mostProblems) return;
    if (node.kind === 'scalar') {
      const problem = scalarProblem(node, shape, path);
      if (problem) problems.push(problem);
      return;
    }
    const inside = node.kind === 'list' ? node.items : node.entries;
    // What stands behind an alias is looked at once.
    const before = seen.get(shape) ?? new WeakSet();
    if (before.has(inside)) return;
    seen.set(shape, before.add(inside));
    const rule = node.kind === 'list' ? shape.list : shape.mapping;
    if (!rule) problems.push(typeProblem(node, shape, path));
    else if (node.kind === 'list') {
      for (const [index, item] of node.items.entries()) visit(item, rule as Shape, [...path, index]);
    } else visitMapping(node, rule as MappingShape, path);
  };
  const visitMapping = (node: ComposeMapping, rule: MappingShape, path: KeyPath): void => {
    for (const [key, value] of node.entries) {
      if (problems.length >= mostProblems) return;
      const known = rule.keys && Object.hasOwn(rule.keys, key) ? rule.keys[key] : undefined;
      if (known) visit(value, known, [...path, key]);
      else if (rule.keys && key.startsWith('x-')) continue;
      else if (rule.named && !/^[a-zA-Z0-9._-]+$/.test(key)) problems.push(nameProblem(value, key));
      else if (rule.others) visit(value, rule.others, [...path, key]);
      else problems.push(unknownKey(value, key, Object.keys(rule.keys ?? {}), path));
    }
    const missing = complete ? (rule.required ?? []).filter((key) => !node.entries.has(key)) : [];
    problems.push(...missing.map((key) => missingKey(node, key, path)));
  };
  visit(root, projectShape, []);
  return problems;
}

function scalarProblem(node: ComposeScalar, shape: Shape, path: KeyPath): FileProblem | undefined {
  const { value, unset, interpolated } = node;
  if (Object.keys(shape).length === 0 || unset.length > 0) return undefined;
  const type = value === null ? 'null' : typeof value;
  if (type === 'null') return shape.null ? undefined : emptyProblem(node, path);
  if (type === 'boolean') return shape.boolean ? undefined : typeProblem(node, shape, path);
  if (type === 'number') {
    const fits = shape.number === 'any' || (shape.number === 'integer' && Number.isInteger(value));
    return fits ? undefined : typeProblem(node, shape, path);
  }
  // Compose gives what variables stand for the type that is wanted.
  if (interpolated && (shape.number || shape.boolean)) return undefined;
  if (shape.text === undefined) return typeProblem(node, shape, path);
  return shape.text === true || shape.text.includes(node.text) ? undefined : valueProblem(node, shape.text, path);
}

function typeProblem(node: ComposeNode, shape: Shape, path: KeyPath): FileProblem {
  const wanted = typesOf(shape);
  const found = typeNames[node.kind === 'scalar' ? (typeof node.value as keyof typeof typeNames) : node.kind];
  const name = nameOf(path);
  return problemAt(
    node.place,
    'error',
    {
      en: `${name.en} must be ${wanted.en}, and it is ${found.en}`,
      zh: `${name.zh}应为${wanted.zh}，实际是${found.zh}`.trimStart(),
    },
    { en: `write ${wanted.en}`, zh: `请改写为${wanted.zh}` },
  );
}

function emptyProblem(node: ComposeNode, path: KeyPath): FileProblem {
  const name = nameOf(path);
  return problemAt(
    node.place,
    'notice',
    { en: `${name.en} is empty`, zh: `${name.zh}为空`.trimStart() },
    { en: 'give it a value, or take it away', zh: '请填写它的值，或将其删除' },
  );
}

function valueProblem(node: ComposeScalar, values: readonly string[], path: KeyPath): FileProblem {
  const name = nameOf(path);
  return problemAt(
    node.place,
    'error',
    {
      en: `${name.en} must be one of ${values.join(', ')}`,
      zh: `${name.zh}必须是以下值之一：${values.join('、')}`.trimStart(),
    },
    { en: 'write one of these', zh: '请改用其中之一' },
  );
}

function nameProblem(node: ComposeNode, key: string): FileProblem {
  return problemAt(
    node.place,
    'error',
    { en: `"${key}" is no name that Compose accepts`, zh: `Compose 不接受名称“${key}”` },
    { en: 'use letters, digits, ".", "_" and "-" only', zh: '名称只能使用字母、数字、“.”、“_”和“-”' },
  );
}

function unknownKey(node: ComposeNode, key: string, known: readonly string[], path: KeyPath): FileProblem {
  const near = nearestKey(key, known);
  const parent = nameOf(path);
  return problemAt(
    node.place,
    'notice',
    {
      en: `Compose does not know the key "${key}" in ${parent.en}`,
      zh: `Compose 无法识别${parent.zh}中的键“${key}”`,
    },
    near === undefined
      ? { en: 'take it away, or let its name begin with x-', zh: '请将其删除，或改用以 x- 开头的名称' }
      : { en: `did you mean "${near}"?`, zh: `是否想写“${near}”？` },
  );
}

function missingKey(node: ComposeNode, key: string, path: KeyPath): FileProblem {
  const name = nameOf(path);
  return problemAt(
    node.place,
    'error',
    { en: `${name.en} lacks the key "${key}"`, zh: `${name.zh}缺少键“${key}”`.trimStart() },
    { en: `add "${key}"`, zh: `请补上“${key}”` },
  );
}

function nearestKey(key: string, known: readonly string[]): string | undefined {
  if (key.length > 40) return undefined;
  const ranked = known.map((name) => ({ name, edits: distance(lettersOf(key), lettersOf(name)) }));
  const [best] = ranked.toSorted((left, right) => left.edits - right.edits);
  return best && best.edits <= Math.max(1, Math.floor(key.length / 4)) ? best.name : undefined;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

const typeNames = {
  string: { en: 'a text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: '布尔值' },
  object: { en: 'nothing', zh: '空值' },
  list: { en: 'a list', zh: '列表' },
  mapping: { en: 'a mapping', zh: '映射' },
} as const satisfies Record<string, Text>;

function typesOf(shape: Shape): Text {
  const names: Text[] = [
    ...(shape.text ? [typeNames.string] : []),
    ...(shape.number ? [shape.number === 'integer' ? { en: 'a whole number', zh: '整数' } : typeNames.number] : []),
    ...(shape.boolean ? [typeNames.boolean] : []),
    ...(shape.list ? [typeNames.list] : []),
    ...(shape.mapping ? [typeNames.mapping] : []),
  ];
  return { en: names.map(({ en }) => en).join(' or '), zh: names.map(({ zh }) => zh).join('或') };
}

function nameOf(path: KeyPath): Text {
  return path.length === 0 ? { en: 'the file', zh: '文件' } : { en: pathText(path), zh: ` ${pathText(path)} ` };
}
