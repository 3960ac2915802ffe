import { byFolder } from './by-folder.ts';

/** Finds out which of many globs a path matches, without trying each of them. */
export interface PathIndex<T> {
  /** In no particular order; none for most paths. */
  readonly of: (path: string) => readonly T[];
}

interface Rule<T> {
  readonly value: T;
  readonly matches: RegExp;
}

const none: readonly never[] = [];

/** Globs without a name or an ending to look them up by: everything in some folders. */
interface FolderRule<T> extends Rule<T> {
  readonly folder: RegExp;
}

/**
 * Globs as in `Cataloger.globs`. A tree has a hundred thousand paths and each run asks about all of them: rules are looked up by the
 * last part of the path, which is a name or an ending in nearly all of them, and by the folder, which is that of the path before.
 */
export function indexPaths<T>(globs: Iterable<readonly [glob: string, value: T]>): PathIndex<T> {
  const byName = new Map<string, Rule<T>[]>();
  const byEnding = new Map<string, Rule<T>[]>();
  const ofFolders: FolderRule<T>[] = [];
  for (const [glob, value] of globs) {
    const nameAt = glob.lastIndexOf('/') + 1;
    const last = glob.slice(nameAt);
    const rule = { value, matches: expressionOf(glob) };
    if (!last.includes('*')) add(byName, last, rule);
    else if (/\*[^*]*\.[^.*]+$/.test(last)) add(byEnding, endingOf(last), rule);
    else ofFolders.push({ ...rule, folder: expressionOf(glob.slice(0, nameAt)) });
  }
  const rulesOfFolder = byFolder((folder) => ofFolders.filter((rule) => rule.folder.test(folder)));
  return {
    of(path) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const found: T[] = [];
      match(byName.get(name), path, found);
      if (name.includes('.')) match(byEnding.get(endingOf(name)), path, found);
      match(rulesOfFolder(path), path, found);
      return found;
    },
  };
}

function match<T>(rules: readonly Rule<T>[] = none, path: string, found: T[]): void {
  for (const { value, matches } of rules) if (!found.includes(value) && matches.test(path)) found.push(value);
}

function add<T>(map: Map<string, Rule<T>[]>, key: string, rule: Rule<T>): void {
  const rules = map.get(key);
  if (rules) rules.push(rule);
  else map.set(key, [rule]);
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.'));
}

function expressionOf(glob: string): RegExp {
  return new RegExp(`^${sourceOf(glob)}$`, 's');
}

/** `**` stands for any number of folders, `*` for anything within a name. */
function sourceOf(glob: string): string {
  return glob
    .replaceAll(/[.+^${}()|[\]\\?]/g, String.raw`\$&`)
    .replaceAll('**/', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?');
}
