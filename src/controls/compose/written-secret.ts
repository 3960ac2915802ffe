import type { ComposeProject } from '../../model/compose-project.ts';
import { type JsonValue, type KeyPath, isObject, objectIn, pathText, valueAt } from '../../model/json.ts';
import type { Location } from '../../model/location.ts';
import { secretsInArguments } from '../container/secret-arguments.ts';
import { type SecretRule, secretFormat, secretRule } from '../container/secret-rules.ts';

/** A secret in plain text: what holds it, how it was recognised, where. All of it may be shown. */
export interface WrittenSecret {
  readonly name: string;
  readonly rule: SecretRule;
  readonly location: Location;
}

/** What of a service is judged with its container. */
const containerFields: readonly KeyPath[] = [
  ['environment'],
  ['command'],
  ['entrypoint'],
  ['labels'],
  ['healthcheck', 'test'],
];

/** Secrets in what is not judged with a container, as they stand in the files: a variable there is none. */
export function writtenSecrets(project: ComposeProject): WrittenSecret[] {
  const found = new Map<string, WrittenSecret>();
  const judged = judgedPlaces(project);
  const seen = new WeakSet<object>();
  const add = (name: string, rule: SecretRule | undefined, path: KeyPath) => {
    if (rule === undefined) return;
    const location = project.locate(path);
    const place = placeOf(location);
    // Behind an anchor it may be part of a service as well.
    if (!judged.has(place)) found.set(`${place} ${name}`, { name, rule, location });
  };
  const visit = (value: JsonValue | undefined, path: KeyPath): void => {
    if (value === null || value === undefined || isContainerField(path)) return;
    if (typeof value !== 'object') return addText(project.written(path) ?? String(value), path);
    if (seen.has(value)) return;
    seen.add(value);
    if (path.at(-1) === 'command' && Array.isArray(value)) return addWords(value as readonly JsonValue[], path);
    if (isObject(value)) for (const [key, each] of Object.entries(value)) visit(each, [...path, key]);
    else for (const [index, each] of value.entries()) visit(each, [...path, index]);
  };
  const addWords = (list: readonly JsonValue[], path: KeyPath) => {
    const words = list.map((_, index) => project.written([...path, index]) ?? '');
    for (const { field, name, rule } of secretsInArguments(words, '')) {
      const index = Number(/^\[(\d+)\]$/.exec(field)?.[1] ?? 0);
      add(name === field ? pathText([...path, index]) : name, rule, [...path, index]);
    }
  };
  const addText = (text: string, path: KeyPath) => {
    const key = path.at(-1) ?? '';
    if (key === 'command') {
      for (const { name, rule } of secretsInArguments([text], ''))
        add(name === '[0]' ? pathText(path) : name, rule, path);
    } else if (text.includes('\n')) {
      for (const [index, line] of text.split('\n').entries()) {
        const { name, rule } = secretInLine(line);
        add(name ?? pathText(path), rule, [...path, index]);
      }
    } else if (typeof key === 'number') {
      const [, name, value] = assignment.exec(text) ?? [];
      add(name ?? pathText(path), name === undefined ? secretFormat(text) : secretRule(name, value ?? ''), path);
    } else {
      add(key, secretRule(key, text), path);
      // Options of a mount: `o: username=web,password=…`.
      for (const option of key === 'o' ? text.split(',') : []) {
        const [, name = '', value = ''] = assignment.exec(option) ?? [];
        if (name !== '') add(name, secretRule(name, value), path);
      }
    }
  };
  visit(project.value, []);
  return [...found.values()];
}

const assignment = /^([A-Za-z_][\w.-]{0,100})=(.*)$/s;
const lineForm = /^\s*(?:(?:export|ENV|ARG)\s+)?["']?([A-Za-z_][\w.-]{0,100})["']?\s*[=:]\s*(.*)$/;

/** A line of a configuration or a script: `name=value`, `name: value`, `"name": "value",`. */
function secretInLine(line: string): { readonly name?: string; readonly rule?: SecretRule | undefined } {
  const [, name, rest = ''] = lineForm.exec(line) ?? [];
  const value = rest
    .trim()
    .replace(/[,;]$/, '')
    .replaceAll(/^["']|["']$/g, '');
  // A call, a template or a list is what a program makes of it, not the secret.
  if (name === undefined || /[()[\]{}]|^\$/.test(value)) return { rule: secretFormat(line) };
  const rule = secretRule(name, value);
  return rule === undefined ? { rule: secretFormat(line) } : { name, rule };
}

function isContainerField([section, service, ...field]: KeyPath): boolean {
  if (section !== 'services' || service === undefined) return false;
  return containerFields.some(
    (keys) => keys.length === field.length && keys.every((key, index) => key === field[index]),
  );
}

/** Where everything stands that is judged with a container. */
function judgedPlaces(project: ComposeProject): ReadonlySet<string> {
  const places = new Set<string>();
  for (const [name, service] of Object.entries(objectIn(project.value, 'services'))) {
    for (const keys of containerFields) {
      const path: KeyPath = ['services', name, ...keys];
      const value = isObject(service) ? valueAt(service, keys) : undefined;
      if (typeof value !== 'object' || value === null) continue;
      const steps: KeyPath = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
      for (const step of steps) places.add(placeOf(project.locate([...path, step])));
    }
  }
  return places;
}

function placeOf({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}
