import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { TextEdit } from '../../model/source-text.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { runOption } from '../../syntax/docker-run/options.ts';
import { runOptions } from '../dialects/docker-run.ts';
import { listDifference } from '../difference.ts';
import type { RunPlace } from './place.ts';
import { runMountEdits } from './run-mounts.ts';
import { removalEdits, type RunWords, runWords, valueEdit, type WrittenOption } from './run-words.ts';

/**
 * A change of a container as edits of its `docker run` command: a value takes another's place, an option is taken away, or
 * it is put in front of the image, laid out as the ones that are there. Undefined where the command cannot be taken apart.
 */
export function runEdits(container: ContainerSpec, change: SpecChange, place: RunPlace): TextEdit[] | undefined {
  const parsed = runWords(place);
  if (!parsed) return undefined;
  const { options } = parsed;
  const { mounts: _mounts, ...others } = change;
  const { added, removed } = listDifference(runOptions(container), runOptions(applySpecChange(container, others)));
  const gone = options.filter((option) => removed.some((each) => isSame(option, each)));
  const edits: TextEdit[] = [];
  const appended: string[] = [];
  const replaced = new Set<WrittenOption>();
  for (const rendered of added) {
    const old = runOption(nameOf(rendered))?.repeatable
      ? undefined
      : gone.findLast(({ given }) => given.name === nameOf(rendered));
    const edit = old && valueEdit(old, rendered.slice(rendered.search(/[= ]/) + 1));
    if (old && edit) {
      replaced.add(old);
      edits.push(edit);
    } else appended.push(rendered);
  }
  const removals = gone.filter((option) => !replaced.has(option));
  if (change.mounts) {
    const mounts = runMountEdits(container, change, parsed, place);
    edits.push(...mounts.edits);
    removals.push(...mounts.removed);
    appended.push(...mounts.appended);
  }
  edits.push(...removalEdits(removals, parsed, place.text));
  return [...edits, ...insertions(appended, parsed, place, edits)];
}

/** Options in front of the image, each on a line of its own where the others are. */
function insertions(
  options: readonly string[],
  { words, image, options: written }: RunWords,
  { text }: RunPlace,
  edits: readonly TextEdit[],
): TextEdit[] {
  if (options.length === 0) return [];
  const at = image.span.start;
  const index = words.indexOf(image);
  const end = words[index - 1]?.span.end ?? at;
  const gap = text.slice(end, at);
  const gaps = written.map((option) =>
    text.slice(words[option.index - 1]?.span.end ?? 0, words[option.index]?.span.start),
  );
  const line = gap.includes('\n') ? undefined : gaps.findLast((each) => each.includes('\n'));
  // What stands in front of the image may be taken away with the blanks behind it.
  const isFree = edits.every((edit) => edit.end <= end || edit.start >= at);
  if (line === undefined || !isFree)
    return [{ start: at, end: at, text: options.map((option) => option + gap).join('') }];
  return [{ start: end, end: at, text: line + options.map((option) => option + line).join('') }];
}

function nameOf(rendered: string): string {
  return /^--([\w-]+)/.exec(rendered)?.[1] ?? '';
}

const mountOptions = new Set(['mount', 'volume', 'tmpfs']);

/** Whether an option as it was written says what one in our own words says. */
function isSame({ given }: WrittenOption, rendered: string): boolean {
  const [, name = '', value = ''] = /^--([\w-]+)[= ]?(.*)$/s.exec(rendered) ?? [];
  if (given.name !== name || mountOptions.has(name)) return false;
  if (!runOption(name)?.repeatable) return true;
  const plain = value.replace(/^'(.*)'$/s, '$1');
  switch (name) {
    case 'cap-add':
    case 'cap-drop':
      return normaliseCapability(given.value) === normaliseCapability(plain);
    case 'security-opt':
      return securityName(given.value) === securityName(plain);
    case 'ulimit':
      return given.value.split('=')[0] === plain.split('=')[0];
    case 'device':
      return given.value.split(':')[0] === plain.split(':')[0];
    default:
      return given.value === plain;
  }
}

/** `label` options add up; of every other one only the last counts. */
function securityName(option: string): string {
  return /^label[:=]/.test(option) ? option.replace(':', '=') : (option.split(/[:=]/)[0] ?? '');
}
