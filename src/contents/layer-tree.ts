import type { FileEntry, FileKind } from '../model/file-tree.ts';

/**
 * The entries of one layer as columns: an image has a hundred thousand of them, and they are kept. All columns are as long as
 * there are entries, in the order of the source.
 */
export interface LayerTree {
  readonly paths: readonly string[];
  /** One letter an entry, see `letters`. */
  readonly kinds: string;
  readonly modes: readonly number[];
  /** Bytes. */
  readonly sizes: readonly number[];
  /** Seconds since 1970. */
  readonly modified: readonly number[];
  /** Where links lead, by the place of their entry. */
  readonly targets: readonly (readonly [number, string])[];
  /** Paths of the layers below that are gone. */
  readonly removed: readonly string[];
  /** Folders that hide all that the layers below have in them. */
  readonly opaque: readonly string[];
}

const letters: Readonly<Record<FileKind, string>> = {
  file: 'f',
  folder: 'd',
  'symbolic-link': 'l',
  'hard-link': 'h',
  device: 'c',
  pipe: 'p',
  socket: 's',
};
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter, kind as FileKind]));

export const folderLetter = letters.folder;

export interface TreeBuilder {
  readonly add: (entry: FileEntry) => void;
  readonly remove: (path: string) => void;
  readonly hide: (path: string) => void;
  readonly build: () => LayerTree;
}

export function startTree(): TreeBuilder {
  const tree = {
    paths: [] as string[],
    modes: [] as number[],
    sizes: [] as number[],
    modified: [] as number[],
    targets: [] as [number, string][],
    removed: [] as string[],
    opaque: [] as string[],
  };
  const written: string[] = [];
  return {
    add(entry) {
      if (entry.target !== undefined) tree.targets.push([tree.paths.length, entry.target]);
      tree.paths.push(entry.path);
      written.push(letters[entry.kind]);
      tree.modes.push(entry.mode);
      tree.sizes.push(entry.size);
      tree.modified.push(Math.floor(entry.modified / 1000));
    },
    remove: (path) => void tree.removed.push(path),
    hide: (path) => void tree.opaque.push(path),
    build: () => ({ ...tree, kinds: written.join('') }),
  };
}

/** The kind of the entry at this place. */
export function kindAt({ kinds: written }: LayerTree, index: number): FileKind {
  return kinds.get(written[index] ?? '') ?? 'file';
}
