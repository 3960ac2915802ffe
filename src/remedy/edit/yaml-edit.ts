import type { KeyPath } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { applyEdits, lineEndOf } from '../../model/source-text.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { YamlVersion } from '../../syntax/yaml-value.ts';
import { editJsonOnce, isJson } from './json-edit.ts';
import { partOf } from './yaml-documents.ts';
import { indentationOf } from './yaml-layout.ts';
import { removal } from './yaml-removal.ts';
import { setting, type Writer } from './yaml-setting.ts';

/**
 * Changes fields of one document of a YAML or JSON text, and touches nothing else: comments, order, quotes, indentation
 * and line ends stay. What stands behind an alias or a merge key belongs to others too, so a field is written beside it
 * instead. Throws a RangeError for a document or an entry that is not there.
 */
export function editYaml(
  text: string,
  document: number,
  changes: readonly FieldChange[],
  version: YamlVersion = '1.2',
): string {
  // Removals of a list's entries come last, and from its end: the numbers of the others still hold.
  const ordered = [
    ...changes.filter(({ value }) => value !== undefined),
    ...changes.filter(({ value }) => value === undefined).toSorted((left, right) => byPathDown(left.path, right.path)),
  ];
  if (document === 0 && isJson(text)) return ordered.reduce(editJsonOnce, text);
  const { start, end } = partOf(text, document);
  const writing = { version, lineEnd: lineEndOf(text) };
  const part = ordered.reduce((before, change) => editOnce(before, change, writing), text.slice(start, end));
  return text.slice(0, start) + part + text.slice(end);
}

function byPathDown(left: KeyPath, right: KeyPath): number {
  const index = left.findIndex((key, at) => key !== right[at]);
  const [one, other] = [left[index], right[index]];
  return typeof one === 'number' && typeof other === 'number' ? other - one : right.length - left.length;
}

function editOnce(text: string, { path, value }: FieldChange, writing: Pick<Writer, 'version' | 'lineEnd'>): string {
  const root = parseYaml(text).find((each) => each.root)?.root;
  if (!root) throw new RangeError('no document');
  const writer: Writer = { ...writing, text, indentation: indentationOf(root, text) };
  return applyEdits(text, value === undefined ? removal(writer, root, path) : setting(writer, root, path, value));
}
