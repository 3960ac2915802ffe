import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Folders that are never somebody's own files. */
const neverEntered = new Set(['.git', '.hg', '.svn', 'node_modules', '.terraform', '__pycache__', '.venv', '.tox']);
/** Endings under which a file of ours may be; those without one too. */
const candidate =
  /(?:^|\/)(?:[^./]+|[^/]*(?:Dockerfile|Containerfile)[^/]*|[^/]+\.(?:ya?ml|json|sh|bash|service|dockerfile|containerfile|mk))$/i;
const ignoreFiles = ['.gitignore', '.plimsollignore'];

/** Rules of the ignore files from the walk's root down to one folder. */
interface Rules {
  /** The folder that they are relative to. */
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * Files below a folder that may be of a kind that is judged, sorted by name, without what `.gitignore` and
 * `.plimsollignore` leave out. Links are not followed into folders. `exclude` holds more such patterns, relative to
 * the folder.
 */
export function walk(folder: string, exclude: readonly string[] = []): string[] {
  const chosen = { folder, rules: ignore({ allowRelativePaths: true }).add([...exclude]) };
  return enter(folder, [chosen]);
}

function enter(folder: string, above: readonly Rules[]): string[] {
  const rules = [...above, ...rulesIn(folder)];
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return neverEntered.has(entry.name) || isIgnored(`${path}${sep}`, rules) ? [] : enter(path, rules);
    }
    const isFile = entry.isFile() || (entry.isSymbolicLink() && leadsToFile(path));
    return isFile && candidate.test(entry.name) && !isIgnored(path, rules) ? [path] : [];
  });
}

/** A folder that may not be read is left out here; what was named by the user is opened by the caller, and heard of. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((left, right) => (left.name < right.name ? -1 : 1));
  } catch {
    return [];
  }
}

function leadsToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function rulesIn(folder: string): Rules[] {
  return ignoreFiles
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => ({ folder, rules: ignore({ allowRelativePaths: true }).add(readFileSync(path, 'utf8')) }));
}

/** The innermost file that says something of the path decides. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  const said = rules.toReversed().find(({ folder, rules: each }) => {
    const { ignored, unignored } = each.test(relativePath(folder, path));
    return ignored || unignored;
  });
  return said !== undefined && said.rules.test(relativePath(said.folder, path)).ignored;
}

function relativePath(folder: string, path: string): string {
  const inside = relative(folder, path).split(sep).join('/');
  return path.endsWith(sep) ? `${inside}/` : inside;
}
