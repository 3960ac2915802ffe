import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import type { TextEdit } from '../../model/source-text.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { mountOption } from '../dialects/docker-mount.ts';
import { shellWord } from '../shell.ts';
import { mountChange } from './mount-change.ts';
import { longMount, shortTmpfs, shortVolume } from './mount-notation.ts';
import type { RunPlace } from './place.ts';
import { type RunWords, valueEdit, type WrittenOption } from './run-words.ts';

const notations = { mount: longMount, tmpfs: shortTmpfs, volume: shortVolume } as const;

export interface RunMountChange {
  readonly edits: readonly TextEdit[];
  readonly removed: readonly WrittenOption[];
  /** Options to add. */
  readonly appended: readonly string[];
}

/** What changes about the mounts of a command. */
export function runMountEdits(
  container: ContainerSpec,
  change: SpecChange,
  parsed: RunWords,
  place: RunPlace,
): RunMountChange {
  const {
    removed: indices,
    replaced,
    added,
  } = mountChange(container.mounts, applySpecChange(container, change).mounts);
  const optionOf = (index: number) => optionAt(container, index, parsed, place);
  const appended = added.map(rendered);
  const removed = indices.flatMap((index) => optionOf(index) ?? []);
  const edits: TextEdit[] = [];
  for (const { index, mount } of replaced) {
    const [option, old] = [optionOf(index), container.mounts[index]];
    if (!option || !old) continue;
    const edit = rewritten(option, old, mount);
    if (edit) edits.push(edit);
    else {
      removed.push(option);
      appended.push(rendered(mount));
    }
  }
  return { edits, removed, appended };
}

function optionAt(container: ContainerSpec, index: number, { options }: RunWords, { lines }: RunPlace) {
  const { line, column } = container.locate(`mounts[${index}]`);
  if (line === undefined || column === undefined) return undefined;
  const start = lines.startOfLine(line) + column - 1;
  return options.find(({ given }) => given.span.start === start && given.name in notations);
}

/** The value with what changed, in the quotes that it has. */
function rewritten(option: WrittenOption, old: Mount, mount: Mount): TextEdit | undefined {
  const [, quote = '', inner = ''] = /^(["']?)(.*)\1$/s.exec(option.valueSource) ?? [];
  // Quotes in the middle of a word, or escapes, are more than one place to look at.
  if (/["'\\\n]/.test(inner)) return undefined;
  const value = notations[option.given.name as keyof typeof notations](inner, old, mount);
  return value === undefined ? undefined : valueEdit(option, quote + value + quote);
}

function rendered(mount: Mount): string {
  const [name, value] = mountOption(mount);
  return `${name} ${shellWord(value)}`;
}
