import type { ContainerSpec, Origin } from '../../model/container-spec.ts';
import type { Subject } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { isObject, type JsonObject, valueAt } from '../../model/json.ts';
import type { Remedy } from '../../model/remedy.ts';
import { applyEdits, lineIndex } from '../../model/source-text.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { valueOf } from '../../syntax/yaml-value.ts';
import { composeChanges } from './compose-changes.ts';
import { dockerfileEdits } from './dockerfile-edits.ts';
import { podChanges } from './pod-changes.ts';
import { runEdits } from './run-edits.ts';
import { documentsOf } from './yaml-documents.ts';
import { editYaml } from './yaml-edit.ts';
import { pathAtOffset } from './yaml-path.ts';

/** The text that a subject was read from. */
export interface EditedText {
  readonly file: string;
  readonly text: string;
  /** Of a Dockerfile's container: the file itself. */
  readonly dockerfile?: Dockerfile | undefined;
}

/**
 * The text with a remedy carried out, in the words of its dialect. Undefined where only a person can do it, or where
 * the field is written in another file.
 */
export function editText(remedy: Remedy, subject: Subject, written: EditedText): string | undefined {
  const edited = editedText(remedy, subject, written);
  // What is not shown of a secret must not be written over it.
  const isWhole = edited === undefined || placeholders(edited) <= placeholders(written.text);
  return isWhole ? edited : undefined;
}

function placeholders(text: string): number {
  return text.split('[redacted]').length;
}

function editedText(remedy: Remedy, subject: Subject, { file, text, dockerfile }: EditedText): string | undefined {
  if (remedy.kind === 'text') return remedy.edits.length === 0 ? undefined : applyEdits(text, remedy.edits);
  if (remedy.kind === 'object') {
    if (subject.kind !== 'kubernetes-object' || remedy.fields.length === 0) return undefined;
    const { document = 0, path = [] } = subject.value.origin ?? {};
    const fields = remedy.fields.map((field) => ({ ...field, path: [...path, ...field.path] }));
    return editYaml(text, document, fields, '1.1');
  }
  if (remedy.kind !== 'spec' || subject.kind !== 'container') return undefined;
  const container = subject.value;
  if (container.dialect === 'dockerfile') {
    const edits = dockerfile ? dockerfileEdits(container, remedy.change, dockerfile) : [];
    return edits.length === 0 ? undefined : applyEdits(text, edits);
  }
  const origin = originIn(container, file);
  return origin && changed(container, remedy.change, origin, text);
}

/** Where the container is written in this file: a service may be written in several. */
function originIn({ dialect, origin, owner }: ContainerSpec, file: string): Origin | undefined {
  if (!origin || origin.file === file) return origin;
  const name = owner.service;
  return dialect === 'compose' && name !== undefined ? { file, document: 0, path: ['services', name] } : undefined;
}

function changed(container: ContainerSpec, change: SpecChange, origin: Origin, text: string): string | undefined {
  if (container.dialect === 'docker-run') {
    const edits = origin.span && runEdits(container, change, { text, span: origin.span, lines: lineIndex(text) });
    return edits && edits.length > 0 ? applyEdits(text, edits) : undefined;
  }
  const { document = 0, path, podPath } = origin;
  const root = documentsOf(text)[document]?.root;
  if (!root || !path) return undefined;
  const version = container.dialect === 'pod' ? '1.1' : '1.2';
  const value = valueOf(root, version);
  // A service that this file does not name is not written in it.
  if (valueAt(value, path) === undefined) return undefined;
  const own = objectAt(value, path);
  const lines = lineIndex(text);
  const pathOf = (field: string) => {
    const { file, line, column } = container.locate(field);
    if (file !== origin.file || line === undefined || column === undefined) return undefined;
    return pathAtOffset(root, lines.startOfLine(line) + column - 1);
  };
  const fields =
    container.dialect === 'pod' && podPath
      ? podChanges(container, change, { path, container: own, podPath, pod: objectAt(value, podPath) })
      : composeChanges(container, change, {
          base: path,
          service: own,
          document: isObject(value) ? value : {},
          pathOf,
        });
  return fields.length === 0 ? undefined : editYaml(text, document, fields, version);
}

function objectAt(value: Parameters<typeof valueAt>[0], path: Parameters<typeof valueAt>[1]): JsonObject {
  const found = valueAt(value, path);
  return isObject(found) ? found : {};
}
