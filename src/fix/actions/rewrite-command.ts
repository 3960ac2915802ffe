import { basename } from 'node:path';
import type { FileContent, FileStep } from '../../model/plan.ts';
import { withoutWords } from '../environment-file.ts';
import type { PlanContext } from '../planning.ts';
import { serviceArguments, serviceCommand, type WrittenUnit } from '../unit-command.ts';
import { dropInMark, type DropInPlace, dropInPlace } from './drop-in-place.ts';
import type { ServiceStart } from './service-start.ts';
import * as obstacles from './unit-drop-in-obstacles.ts';

/**
 * The files that start the service without some of its arguments (by position), every other one as it was. What would
 * be written is read again before it is planned.
 */
export function rewriteCommand(
  start: ServiceStart,
  leaving: ReadonlySet<number>,
  names: string,
  context: Pick<PlanContext, 'file' | 'realPath'> & { text(path: string): string | undefined },
): FileStep[] | obstacles.Obstacle {
  const fromFiles = environmentSteps(start, leaving, names, context);
  if ('reason' in fromFiles) return fromFiles;
  const words = new Set(
    start.arguments.flatMap(({ word, variable }, index) => (leaving.has(index) && !variable ? [word] : [])),
  );
  const steps = [...fromFiles];
  let units = start.units;
  if (words.size > 0) {
    const place = dropInPlace(start.folder, start.units, context);
    if (!place) return obstacles.isLink(start.folder);
    const text = dropInText(start, words);
    steps.unshift(dropInStep(place, text, start, context.file(start.command.path)));
    units = withDropIn(units, { path: place.path, kind: 'drop-in', text });
  }
  return isAsMeant(start, leaving, units, steps, context.text.bind(context))
    ? steps
    : obstacles.entangled(names, start.name, start.systemctl);
}

function dropInText({ name, systemctl, command }: ServiceStart, words: ReadonlySet<number>): string {
  const kept = command.words.filter((_, index) => !words.has(index)).map(({ raw }) => raw);
  return [
    `${dropInMark} It starts ${name} as before, without options that are set in daemon.json.`,
    `# An upgrade may bring another command, and this one stays in force: compare with ${systemctl} cat ${name}.`,
    '[Service]',
    'ExecStart=',
    `ExecStart=${kept.join(' ')}`,
    '',
  ].join('\n');
}

/** The command may hold secrets: nobody may read it here who may not where it comes from. */
function dropInStep(
  { path, before, folders }: DropInPlace,
  text: string,
  { owner }: ServiceStart,
  source: FileContent | null | undefined,
): FileStep {
  const mode = 0o644 & (source?.access.mode ?? 0o644);
  return {
    kind: 'file',
    path,
    before,
    after: { bytes: encode(text), access: before?.access ?? { mode, ...owner } },
    ...(folders.length > 0 ? { folders } : {}),
  };
}

/** Options in a variable go out of the file that sets it. */
function environmentSteps(
  { arguments: all, command, name: unit, systemctl }: ServiceStart,
  leaving: ReadonlySet<number>,
  names: string,
  { file, realPath }: Pick<PlanContext, 'file' | 'realPath'>,
): FileStep[] | obstacles.Obstacle {
  const positions = new Map<string, Set<number>>();
  for (const [index, { variable }] of all.entries()) {
    if (!leaving.has(index) || !variable) continue;
    positions.set(variable.name, (positions.get(variable.name) ?? new Set()).add(variable.position));
  }
  const contents = new Map<string, { readonly before: FileContent; readonly text: string }>();
  for (const [name, leavingWords] of positions) {
    const variable = command.variables.get(name);
    if (!variable) return obstacles.entangled(names, unit, systemctl);
    const { path, line } = variable;
    const elsewhere = obstacles.inUnitVariable(names, name, path, line);
    if (variable.kind === 'unit') return elsewhere;
    const before = file(path);
    if (!before || realPath(path) !== path) return before === null ? elsewhere : obstacles.isLink(path);
    const text = contents.get(path)?.text ?? decode(before);
    const next = text === undefined ? undefined : withoutWords(text, name, leavingWords);
    if (next === undefined) return elsewhere;
    contents.set(path, { before, text: next });
  }
  return [...contents].map(([path, { before, text }]) => ({
    kind: 'file',
    path,
    before,
    after: { bytes: encode(text), access: before.access },
  }));
}

function isAsMeant(
  start: ServiceStart,
  leaving: ReadonlySet<number>,
  units: readonly WrittenUnit[],
  steps: readonly FileStep[],
  textAt: (path: string) => string | undefined,
): boolean {
  const written = new Map(steps.map(({ path, after }) => [path, after ? decode(after) : undefined] as const));
  const command = serviceCommand(units, (path) => (written.has(path) ? written.get(path) : textAt(path)));
  const next = command && serviceArguments(command);
  const kept = start.arguments.filter((_, index) => !leaving.has(index));
  return (
    next !== undefined &&
    next.length === kept.length &&
    next.every(
      ({ text, variable }, index) => text === kept[index]?.text && variable?.name === kept[index]?.variable?.name,
    )
  );
}

/** In the place of the one that is there already, or behind all that set the command. */
function withDropIn(units: readonly WrittenUnit[], dropIn: WrittenUnit): WrittenUnit[] {
  const main = units.filter(({ kind }) => kind !== 'drop-in');
  const others = units.filter(({ kind, path }) => kind === 'drop-in' && path !== dropIn.path);
  const inOrder = [...others, dropIn].toSorted((left, right) => (basename(left.path) < basename(right.path) ? -1 : 1));
  return [...main, ...inOrder];
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** `undefined` where it is no UTF-8, and would not be the same bytes again. */
function decode({ bytes }: FileContent): string | undefined {
  const text = Buffer.from(bytes, 'base64').toString('utf8');
  return encode(text) === bytes ? text : undefined;
}
