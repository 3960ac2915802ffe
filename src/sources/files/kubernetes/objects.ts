import {
  isObject,
  type JsonObject,
  type JsonValue,
  type KeyPath,
  listIn,
  objectIn,
  pathText,
  textIn,
} from '../../../model/json.ts';
import type { KubernetesObject, ObjectSet } from '../../../model/kubernetes.ts';
import type { Text } from '../../../model/text.ts';
import { parseYaml } from '../../../syntax/yaml.ts';
import { type PlacedValue, placedValueOf } from '../../../syntax/yaml-value.ts';
import { type FileProblem, lateLocationAt, type WrittenFile } from '../written-file.ts';
import { fieldProblems } from './field-problems.ts';
import { apiVersionOf } from './fields.ts';
import { podOf } from './pod-place.ts';
import { templatesIn } from './templates.ts';

/** Everything that was read of some files of manifests. */
export interface Manifests {
  readonly set: ObjectSet;
  readonly problems: readonly FileProblem[];
}

/** Reads every object of these files into one set: services find their pods, policies their namespaces. */
export function readManifests(files: readonly WrittenFile[]): Manifests {
  const objects: KubernetesObject[] = [];
  const set: ObjectSet = { objects, complete: false };
  const problems = files.flatMap((file) => readFile(file, set, objects));
  return { set, problems };
}

/** Whether an object only tells Kustomize what to build, and is never applied itself. */
export function isKustomization({ group }: Pick<KubernetesObject, 'group'>): boolean {
  return group === 'kustomize.config.k8s.io';
}

/** One document, and what is found in it. */
interface Source {
  readonly file: WrittenFile;
  readonly placed: PlacedValue;
  /** Which of the file's documents, from 0. */
  readonly document: number;
  readonly set: ObjectSet;
  readonly objects: KubernetesObject[];
  readonly problems: FileProblem[];
}

function readFile(file: WrittenFile, set: ObjectSet, objects: KubernetesObject[]): FileProblem[] {
  const documents = parseYaml(file.text);
  const templates = templatesIn(file, documents);
  const found = documents.flatMap(({ root, problems }, document) => {
    if (templates.unreadable.has(document)) return [];
    const read: FileProblem[] = problems.map(({ reason, offset }) => ({
      file: file.name,
      kind: 'error',
      reason: { en: `it is not valid YAML: ${reason}`, zh: `不是有效的 YAML：${reason}` },
      need: { en: 'mend the file', zh: '请修正该文件' },
      ...file.lines.positionAt(offset),
    }));
    if (root) readDocument({ file, placed: placedValueOf(root, '1.1'), document, set, objects, problems: read });
    return read;
  });
  return [...templates.problems, ...found];
}

function readDocument(source: Source): void {
  const before = source.objects.length;
  const { value } = source.placed;
  if (Array.isArray(value)) {
    (value as readonly JsonValue[]).forEach((item, index) => readValue(source, item, [index]));
  } else readValue(source, value, []);
  for (const object of source.objects.slice(before)) source.problems.push(...fieldProblems(object));
}

/** What an entry of a list is where the list alone says it. */
interface Inherited {
  readonly kind?: string;
  readonly apiVersion?: string;
}

/** Reads the object at a path, or those in it where it is a list. */
function readValue(source: Source, value: JsonValue, base: KeyPath, inherited: Inherited = {}): void {
  if (value === null) return;
  if (!isObject(value)) return report(source, base, 'notice', noObject);
  const kind = textIn(value, 'kind') ?? inherited.kind;
  const apiVersion = textIn(value, 'apiVersion') ?? inherited.apiVersion;
  if (kind === undefined && apiVersion === undefined) {
    // Kustomize knows its own file by the name, and needs neither.
    if (!/(?:^|\/)kustomization\.ya?ml$|(?:^|\/)Kustomization$/.test(source.file.name)) {
      report(source, base, 'notice', noObject);
    }
    return;
  }
  if (kind === undefined) return report(source, base, 'error', noKind);
  if (apiVersion === undefined) return report(source, base, 'error', noVersion(kind));
  const entries = entriesOf(kind, value);
  if (!entries) {
    source.objects.push(objectOf(source, { ...inherited, kind, apiVersion }, value, base));
    return;
  }
  const single = kind.slice(0, -'List'.length);
  const known = kind === 'List' || entries.key === 'objects' ? {} : { kind: single, apiVersion };
  entries.items.forEach((item, index) => readValue(source, item, [...base, entries.key, index], known));
}

function entriesOf(kind: string, value: JsonObject) {
  const key = kind.endsWith('List') ? 'items' : kind === 'Template' ? 'objects' : undefined;
  return key !== undefined && Array.isArray(value[key]) ? { key, items: listIn(value, key) } : undefined;
}

function objectOf(
  { file, placed, document, set }: Source,
  { kind, apiVersion }: Required<Inherited>,
  value: JsonObject,
  base: KeyPath,
): KubernetesObject {
  const metadata = objectIn(value, 'metadata');
  const namespace = textIn(metadata, 'namespace');
  const pod = podOf(kind, value);
  return {
    apiVersion,
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    kind,
    name: textIn(metadata, 'name') ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    value,
    ...(pod ? { pod } : {}),
    set,
    origin: { file: file.name, document, path: base },
    locate: (path) => lateLocationAt(file, pathText(path), () => placed.offsetAt([...base, ...path])),
  };
}

type Words = Pick<FileProblem, 'reason' | 'need'>;

function report({ file, placed, problems }: Source, path: KeyPath, kind: FileProblem['kind'], words: Words): void {
  problems.push({ file: file.name, kind, ...words, ...file.lines.positionAt(placed.offsetAt(path)) });
}

const noObject: Words = {
  reason: {
    en: 'it is no Kubernetes object: it has neither apiVersion nor kind',
    zh: '不是 Kubernetes 对象：没有 apiVersion 和 kind',
  },
  need: { en: 'name files of manifests', zh: '请指定清单文件' },
};

const noKind: Words = {
  reason: { en: 'the object has no kind', zh: '对象缺少 kind' },
  need: { en: 'add "kind"', zh: '请加上 "kind"' },
};

function noVersion(kind: string): Words {
  const version = apiVersionOf(kind);
  const need: Text =
    version === undefined
      ? { en: 'add "apiVersion"', zh: '请加上 "apiVersion"' }
      : { en: `add "apiVersion: ${version}"`, zh: `请加上 "apiVersion: ${version}"` };
  return { reason: { en: `the ${kind} has no apiVersion`, zh: `${kind} 缺少 apiVersion` }, need };
}
