import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { ShellWord } from '../../model/shell.ts';
import type { LineIndex, Span, TextEdit } from '../../model/source-text.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { type GivenOption, parseRunArguments } from '../../syntax/docker-run/arguments.ts';
import { runOption } from '../../syntax/docker-run/options.ts';
import { parseShell } from '../../syntax/shell/shell.ts';
import { runOptions } from '../dialects/docker-run.ts';
import { listDifference } from '../difference.ts';
import { mountChange } from './mount-change.ts';

/** The command that a container was read from, in the text that it stands in. */
export interface RunPlace {
  readonly text: string;
  readonly span: Span;
  readonly lines: LineIndex;
}

/**
 * A change of a container as edits of its `docker run` command: options are taken away or put in front of the image,
 * laid out as the ones that are there. Undefined where the command cannot be taken apart.
 */
export function runEdits(container: ContainerSpec, change: SpecChange, place: RunPlace): TextEdit[] | undefined {
  const words = wordsOf(place);
  const verb = words.findIndex(({ text }) => text === 'run' || text === 'create');
  const [image] = parseRunArguments(words.slice(verb + 1)).operands;
  if (verb === -1 || !image) return undefined;
  const { options } = parseRunArguments(words.slice(verb + 1));
  const { added, removed } = listDifference(runOptions(container), runOptions(applySpecChange(container, change)));
  const mounts = change.mounts ? goneMounts(container, change, place) : [];
  const gone = options.filter(
    (option) => mounts.includes(option.span.start) || removed.some((each) => isSame(option, each)),
  );
  const before = words[words.indexOf(image) - 1];
  const gap = before ? place.text.slice(before.span.end, image.span.start) : ' ';
  return [
    ...[...new Set(gone)].map((option) => removalOf(option, words)),
    ...(added.length === 0 ? [] : [insertionAt(image.span.start, added, gap)]),
  ];
}

function wordsOf({ text, span }: RunPlace): readonly ShellWord[] {
  const { commands } = parseShell(text.slice(span.start, span.end), span.start);
  return commands.find(({ words }) => words.some(({ text: word }) => word === 'run' || word === 'create'))?.words ?? [];
}

function insertionAt(start: number, options: readonly string[], gap: string): TextEdit {
  return { start, end: start, text: options.map((option) => option + gap).join('') };
}

/** With the blanks, or the continued line, in front of it. */
function removalOf(option: GivenOption, words: readonly ShellWord[]): TextEdit {
  const index = words.findIndex(({ span }) => span.start === option.span.start);
  const [before, own, next] = [words[index - 1], words[index], words[index + 1]];
  const takesNext = runOption(option.name)?.takes === 'value' && own && !own.text.includes('=') && isBare(own, option);
  const end = takesNext && next ? next.span.end : option.span.end;
  return { start: before?.span.end ?? option.span.start, end, text: '' };
}

/** `-p 80:80` and `--publish 80:80`, but not `-p80:80`. */
function isBare({ text }: ShellWord, { written, value }: GivenOption): boolean {
  return text === written || !text.endsWith(value);
}

/** Offsets of the options whose mounts go, or change. */
function goneMounts(container: ContainerSpec, change: SpecChange, { lines }: RunPlace): number[] {
  const { removed, replaced } = mountChange(container.mounts, applySpecChange(container, change).mounts);
  return [...removed, ...replaced.map(({ index }) => index)].flatMap((index) => {
    const { line, column } = container.locate(`mounts[${index}]`);
    return line === undefined || column === undefined ? [] : [lines.startOfLine(line) + column - 1];
  });
}

const mountOptions = new Set(['mount', 'volume', 'tmpfs']);

/** Whether an option as it was written says what one in our own words says. */
function isSame(option: GivenOption, rendered: string): boolean {
  const [, name = '', value = ''] = /^--([\w-]+)[= ]?(.*)$/s.exec(rendered) ?? [];
  if (option.name !== name || mountOptions.has(name)) return false;
  if (!runOption(name)?.repeatable) return true;
  const plain = value.replace(/^'(.*)'$/s, '$1');
  switch (name) {
    case 'cap-add':
    case 'cap-drop':
      return normaliseCapability(option.value) === normaliseCapability(plain);
    case 'security-opt':
      return securityName(option.value) === securityName(plain);
    case 'ulimit':
      return option.value.split('=')[0] === plain.split('=')[0];
    case 'device':
      return option.value.split(':')[0] === plain.split(':')[0];
    default:
      return option.value === plain;
  }
}

/** `label` options add up; of every other one only the last counts. */
function securityName(option: string): string {
  return /^label[:=]/.test(option) ? option.replace(':', '=') : (option.split(/[:=]/)[0] ?? '');
}
