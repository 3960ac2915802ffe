import { basename, dirname, join } from 'node:path';
import type { FileContent } from '../../model/plan.ts';
import type { PlanContext } from '../planning.ts';
import { readUnitText } from '../unit-text.ts';
import type { WrittenUnit } from '../unit-command.ts';

/** Begins every drop-in that a fix writes, and tells it from others'. */
export const dropInMark = '# Written by plimsoll fix.';

/** Where a drop-in is to be. */
export interface DropInPlace {
  readonly path: string;
  readonly before: FileContent | null;
  /** Folders that are missing, outermost first. */
  readonly folders: readonly string[];
}

/**
 * A name behind every drop-in that sets the command, taken by nobody or by an earlier fix. `undefined` where a link is
 * on the way.
 */
export function dropInPlace(
  folder: string,
  units: readonly WrittenUnit[],
  context: Pick<PlanContext, 'file' | 'realPath'>,
): DropInPlace | undefined {
  const folders = missingFolders(folder, context);
  if (!folders) return undefined;
  const dropIns = units.filter(({ kind }) => kind === 'drop-in');
  const setters = dropIns.filter(setsCommand);
  for (const name of namesBehind(setters.map(({ path }) => basename(path)))) {
    const path = join(folder, name);
    // Ours, when it is not there, would hide what another folder has under this name.
    if (dropIns.some((each) => basename(each.path) === name && each.path !== path)) continue;
    const others = setters.filter((each) => each.path !== path).map((each) => basename(each.path));
    const before = context.file(path);
    if (before === undefined || others.some((other) => other >= name)) continue;
    if (before === null || isOwn(before)) return { path, before, folders };
  }
  return undefined;
}

function setsCommand({ text }: WrittenUnit): boolean {
  return readUnitText(text).some(({ section, key }) => section === 'Service' && key === 'ExecStart');
}

function* namesBehind(names: readonly string[]): Generator<string> {
  for (const number of [60, 70, 80, 90, 95, 99]) yield `${number}-plimsoll.conf`;
  const last = names.toSorted((left, right) => (left < right ? -1 : 1)).at(-1) ?? 'z.conf';
  for (const further of ['z', 'zz', 'zzz']) yield `${last.replace(/\.conf$/, '')}${further}-plimsoll.conf`;
}

/** Written by an earlier fix, and nobody has put anything else into it. */
function isOwn({ bytes }: FileContent): boolean {
  const text = Buffer.from(bytes, 'base64').toString('utf8');
  return text.startsWith(dropInMark) && readUnitText(text).every(({ key }) => key === 'ExecStart');
}

function missingFolders(
  folder: string,
  { file, realPath }: Pick<PlanContext, 'file' | 'realPath'>,
): string[] | undefined {
  const real = realPath(folder);
  if (real !== undefined) return real === folder ? [] : undefined;
  // A link that leads nowhere is there, and is no place to make a folder in.
  if (file(folder) !== null || folder === dirname(folder)) return undefined;
  const above = missingFolders(dirname(folder), { file, realPath });
  return above && [...above, folder];
}
