import type { Lookup } from '../../../syntax/interpolation.ts';
import { parseYaml, resolveAlias, type YamlDocument } from '../../../syntax/yaml.ts';
import type { FileProblem, WrittenFile } from '../written-file.ts';
import { type Loading, observerOf } from './loading.ts';
import { type ComposeMapping, type ComposeNode, composeNode, type Place } from './node.ts';
import { problemAt } from './problem.ts';
import { entriesOf } from './read-node.ts';
import { validate, type ValidationOptions } from './validate.ts';

export interface DocumentOptions extends ValidationOptions {
  /** The folder that relative paths in it start from. */
  readonly base: string;
  readonly lookup: Lookup;
}

/** The documents of one file as mappings with `services`, each validated; what cannot be read is reported. */
export function readDocuments(file: WrittenFile, options: DocumentOptions, loading: Loading): ComposeMapping[] {
  const parsed = parseYaml(file.text);
  loading.problems.push(...parsed.flatMap(({ problems }) => problems.map((problem) => yamlProblem(file, problem))));
  const documents = parsed.flatMap((document, index) => readDocument(file, document, index, options, loading));
  if (documents.length === 0 && parsed.every(({ problems }) => problems.length === 0)) {
    loading.problems.push(notOurs({ source: { file, document: 0, base: options.base }, offset: 0 }));
  }
  return documents;
}

function readDocument(
  file: WrittenFile,
  { root, problems }: YamlDocument,
  document: number,
  { base, lookup, complete }: DocumentOptions,
  loading: Loading,
): ComposeMapping[] {
  if (!root) return [];
  if (resolveAlias(root).kind !== 'mapping') return [];
  const node = withServices(composeNode(root, { file, document, base }, observerOf(loading, lookup)));
  // What follows from bad YAML is not reported again.
  if (problems.length === 0) loading.problems.push(...validate(node, { complete }));
  return node.kind === 'mapping' ? [node] : [];
}

const topLevelKeys = new Set([
  'version',
  'name',
  'include',
  'services',
  'models',
  'networks',
  'volumes',
  'secrets',
  'configs',
]);

/** Files of Docker Compose's first form have their services at the top. */
function withServices(node: ComposeNode): ComposeNode {
  const entries = [...entriesOf(node)];
  const isFirstForm =
    !entries.some(([key]) => topLevelKeys.has(key)) &&
    entries.some(([, each]) => each.kind === 'mapping' && (each.entries.has('image') || each.entries.has('build')));
  if (!isFirstForm) return node;
  const extensions = entries.filter(([key]) => key.startsWith('x-'));
  const services = entries.filter(([key]) => !key.startsWith('x-')).map(([key, each]) => [key, modern(each)] as const);
  const list: ComposeNode = { kind: 'mapping', place: node.place, entries: new Map(services) };
  return { kind: 'mapping', place: node.place, entries: new Map([...extensions, ['services', list]]) };
}

/** Keys that had other names then. */
function modern(service: ComposeNode): ComposeNode {
  if (service.kind !== 'mapping') return service;
  const { net, log_driver: driver, log_opt: options, ...others } = Object.fromEntries(service.entries);
  const logging = [
    ...(driver ? [['driver', driver] as const] : []),
    ...(options ? [['options', options] as const] : []),
  ];
  const entries = [
    ...Object.entries(others),
    ...(net ? [['network_mode', net] as const] : []),
    ...(logging.length > 0
      ? [
          [
            'logging',
            { kind: 'mapping' as const, place: (driver ?? options ?? service).place, entries: new Map(logging) },
          ] as const,
        ]
      : []),
  ];
  return { ...service, entries: new Map<string, ComposeNode>(entries) };
}

function yamlProblem(file: WrittenFile, { reason, offset }: YamlDocument['problems'][number]): FileProblem {
  const isTemplate = /\{\{|\{%/.test(file.text);
  return {
    file: file.name,
    kind: 'error',
    reason: { en: `it is not valid YAML: ${reason}`, zh: `不是有效的 YAML：${reason}` },
    need: isTemplate
      ? { en: 'render the template first, then check what comes out', zh: '请先渲染模板，再检查渲染结果' }
      : { en: 'mend the file', zh: '请修正该文件' },
    ...file.lines.positionAt(offset),
  };
}

function notOurs(place: Place): FileProblem {
  return problemAt(
    place,
    'error',
    { en: 'it is no Compose file: it holds no mapping', zh: '不是 Compose 文件：顶层不是映射' },
    { en: 'write "services:" with a service in it', zh: '请写出 "services:" 及其中的服务' },
  );
}
