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

/**
 * Globs as in `Cataloger.globs`. A tree has a hundred thousand paths and each run asks about all of them: rules are looked up by the
 * last part of the path, which is a name or an ending in nearly all of them.
 */
export function indexPaths<T>(globs: Iterable<readonly [glob: string, value: T]>): PathIndex<T> {
  const byName = new Map<string, Rule<T>[]>();
  const byEnding = new Map<string, Rule<T>[]>();
  const byFolder = new Map<string, Rule<T>[]>();
  for (const [glob, value] of globs) {
    const last = glob.slice(glob.lastIndexOf('/') + 1);
    const rule = { value, matches: new RegExp(`^${sourceOf(glob)}$`, 's') };
    if (!last.includes('*')) add(byName, last, rule);
    else if (/^[^.]*\*[^*]*\.[^.*]+$/.test(last)) add(byEnding, endingOf(last), rule);
    else add(byFolder, firstFolderOf(glob), rule);
  }
  return {
    of(path) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const rules = [
        byName.get(name),
        byEnding.get(endingOf(name)),
        byFolder.get(firstFolderOf(path)),
        byFolder.get('**'),
      ];
      if (rules.every((each) => each === undefined)) return none;
      const found = rules.flatMap((each) => each?.filter(({ matches }) => matches.test(path)) ?? []);
      return [...new Set(found.map(({ value }) => value))];
    },
  };
}

function add<T>(map: Map<string, Rule<T>[]>, key: string, rule: Rule<T>): void {
  const rules = map.get(key);
  if (rules) rules.push(rule);
  else map.set(key, [rule]);
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.'));
}

function firstFolderOf(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** `**` stands for any number of folders, `*` for anything within a name. */
function sourceOf(glob: string): string {
  return glob
    .replaceAll(/[.+^${}()|[\]\\?]/g, String.raw`\$&`)
    .replaceAll('**/', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?');
}
