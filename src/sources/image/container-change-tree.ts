/** One path that a container changed, as engines tell it. */
export interface ContainerChange {
  /** With a leading slash. */
  readonly path: string;
  /** 0: changed, 1: added, 2: deleted. */
  readonly kind: number;
}

/** What is to be asked for, so that all changes are seen with few questions. */
export interface ChangeTree {
  readonly removed: readonly string[];
  /** `whole`: a new file or folder, with all that is in it. */
  readonly wanted: readonly { readonly path: string; readonly whole: boolean }[];
  /** Paths that are left out because there are too many. */
  readonly left: number;
}

/** A container that writes into its own layer has millions. */
const mostChanges = 100_000;

/**
 * Puts changes together: a new folder is asked for once, with all that is in it, unless something is mounted below it. What is
 * mounted, and folders of the image in which something changed, are not asked for as a whole.
 *
 * @param mounts with a leading slash
 */
export function plantChanges(changes: readonly ContainerChange[], mounts: readonly string[]): ChangeTree {
  const considered = changes.slice(0, mostChanges).filter(({ path }) => path.startsWith('/') && path !== '/');
  const added = new Set(considered.filter(({ kind }) => kind === 1).map(({ path }) => path));
  const parents = new Set(considered.map(({ path }) => parentOf(path)));
  const isMounted = (path: string) => mounts.some((mount) => path === mount || path.startsWith(`${mount}/`));
  const aboveMounts = new Set(mounts.flatMap(ancestorsOf));
  const removed: string[] = [];
  const wanted: { path: string; whole: boolean }[] = [];
  for (const { path, kind } of considered) {
    if (isMounted(path)) continue;
    if (kind === 2) removed.push(path);
    else if (kind === 1 && !aboveMounts.has(path)) {
      // A folder above it that is asked for as a whole brings it along.
      const above = parentOf(path);
      if (!added.has(above) || aboveMounts.has(above)) wanted.push({ path, whole: true });
    } else if (kind === 1 || !parents.has(path)) wanted.push({ path, whole: false });
  }
  return { removed, wanted, left: changes.length - Math.min(changes.length, mostChanges) };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Every folder above a path, without the root. */
function ancestorsOf(path: string): string[] {
  const found: string[] = [];
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) found.push(above);
  return found;
}
