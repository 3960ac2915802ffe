import type { ContainerSpec } from '../src/model/container-spec.ts';
import type { Subject } from '../src/model/control.ts';
import type { SpecRemedy } from '../src/model/remedy.ts';
import type { SpecChange } from '../src/model/spec-change.ts';
import type { FileKind } from '../src/sources/files/kinds.ts';
import { readFiles } from '../src/sources/files/read.ts';
import { writtenFile } from '../src/sources/files/written-file.ts';
import { editText } from '../src/remedy/edit/edit.ts';

const names: Readonly<Record<FileKind, string>> = {
  compose: 'compose.yaml',
  kubernetes: 'pod.yaml',
  run: 'run.sh',
  dockerfile: 'Dockerfile',
};

export type Change = SpecChange | ((container: ContainerSpec) => SpecChange);

/** The containers of a text, in the order in which they are written. */
export function containersOf(kind: FileKind, text: string, name: string = names[kind]): ContainerSpec[] {
  return subjectsOf(kind, text, name).flatMap(({ value }) => value);
}

/** A text with one of its containers changed; undefined where the change cannot be written. */
export function edited(
  kind: FileKind,
  text: string,
  change: Change,
  { index = 0, name = names[kind] }: { readonly index?: number; readonly name?: string } = {},
): string | undefined {
  const subjects = readFiles([{ kind, file: writtenFile(name, text) }], { environment: {} }).subjects;
  const subject = subjects.filter(isContainer)[index];
  if (!subject) throw new Error('there is no such container');
  const dockerfile = subjects.find((each) => each.kind === 'dockerfile')?.value;
  const remedy: SpecRemedy = {
    kind: 'spec',
    change: typeof change === 'function' ? change(subject.value) : change,
    summary: { en: '', zh: '' },
    disruption: 'recreate',
  };
  return editText(remedy, subject, { file: name, text, dockerfile });
}

function subjectsOf(kind: FileKind, text: string, name: string) {
  return readFiles([{ kind, file: writtenFile(name, text) }], { environment: {} }).subjects.filter(isContainer);
}

function isContainer(subject: Subject): subject is Extract<Subject, { kind: 'container' }> {
  return subject.kind === 'container';
}

/** Lines that an edit takes away (-) and adds (+), in the order of the texts. */
export function changedLines(before: string, after: string | undefined): string[] {
  const [old, next] = [before.split('\n'), (after ?? '').split('\n')];
  return [...surplus(old, next).map((line) => `-${line}`), ...surplus(next, old).map((line) => `+${line}`)];
}

function surplus(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return lines.filter((line) => {
    const index = rest.indexOf(line);
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
}
