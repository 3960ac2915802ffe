import { folderLetter, type LayerTree } from '../layer-tree.ts';

/** The layers of an image as one tree. */
export interface VisibleTree {
  /** The layer whose entry stands at this path; `undefined` where nothing does. */
  readonly layerOf: (path: string) => number | undefined;
  readonly placeOf: (path: string) => Omit<TreeEntry, 'path'> | undefined;
  /** Whether what this layer has at the path is hidden or replaced by a later one, up to (not with) layer `before`. */
  readonly isHidden: (path: string, layer: number, before?: number) => boolean;
  /** Every path that is there, with its layer and its place in that layer's listing. */
  readonly entries: () => Iterable<TreeEntry>;
  readonly totals: TreeTotals;
}

export interface TreeEntry {
  readonly path: string;
  readonly layer: number;
  readonly index: number;
}

export interface TreeTotals {
  /** Everything but folders. */
  readonly fileCount: number;
  /** Bytes. */
  readonly bytes: number;
  /** Bytes of files that a later layer deleted or replaced. */
  readonly wastedBytes: number;
  /** Bytes of the files in each layer. */
  readonly layerBytes: readonly number[];
}

/** Layer and place of an entry in one number: a map of a hundred thousand objects is ten times as large. */
const most = 2 ** 24;
/** Lower than any layer. */
const none = -1;

/**
 * Puts layers, the lowest first, one upon the other. What a whiteout names is hidden with all that is in it; an opaque folder hides what
 * the layers below have in it; what is no folder hides the folder that it replaces. A whiteout in the layer itself only means those below.
 */
export function mergeTrees(layers: readonly (LayerTree | undefined)[]): VisibleTree {
  const top = new Map<string, number>();
  /** The highest layer that hides a path and all that is in it, or only all that is in it. */
  const removedBy = new Map<string, number[]>();
  const emptiedBy = new Map<string, number[]>();

  /** Folders that have no entry of their own as such, with the first layer that has something in them. */
  const implied = new Map<string, number>();
  let lastParent = '';
  function imply(path: string, layer: number): void {
    const parent = parentOf(path);
    if (parent === lastParent || parent === '') return;
    lastParent = parent;
    for (let folder = parent; folder !== '' && !implied.has(folder) && !isFolder(top.get(folder));) {
      implied.set(folder, layer);
      folder = parentOf(folder);
    }
  }
  function isFolder(place: number | undefined): boolean {
    return place !== undefined && layers[Math.floor(place / most)]?.kinds[place % most] === folderLetter;
  }
  /** Whether there is a folder at this path so far, in a layer below or by an earlier entry of the same one. */
  function isFolderSoFar(path: string, layer: number): boolean {
    return isFolder(top.get(path)) || (implied.get(path) ?? layer) < layer;
  }

  for (const [layer, tree] of layers.entries()) {
    if (!tree) continue;
    for (const path of tree.removed) push(removedBy, path, layer);
    for (const path of tree.opaque) push(emptiedBy, path, layer);
    const replaced: string[] = [];
    // Without iterators: there are a hundred thousand of them.
    for (let index = 0; index < tree.paths.length; index += 1) {
      const path = tree.paths[index] ?? '';
      if (layer > 0 && tree.kinds[index] !== folderLetter && isFolderSoFar(path, layer)) {
        replaced.push(path);
        // A damaged layer may have more in that folder: a later layer that has a file there hides that too.
        if (!implied.has(path)) implied.set(path, layer);
      }
      imply(path, layer);
      top.set(path, layer * most + index);
    }
    // A folder that follows in the same layer takes the place of what took its own: then the layers below show through again.
    for (const path of replaced) if (!isFolder(top.get(path))) push(emptiedBy, path, layer);
  }
  const anyHidden = removedBy.size > 0 || emptiedBy.size > 0;

  /** The highest layer of all that hides what is in a folder. */
  const hiders = new Map<string, number>();
  let lastFolder: string | undefined;
  let lastHider = none;
  function hiderOf(folder: string): number {
    // Most paths are neighbours of the one before.
    if (folder === lastFolder) return lastHider;
    const way: string[] = [];
    let hider: number | undefined;
    for (let each = folder; hider === undefined; each = parentOf(each)) {
      hider = hiders.get(each);
      if (hider !== undefined) break;
      way.push(each);
      if (each === '') hider = none;
    }
    for (const each of way.toReversed()) {
      hider = Math.max(hider, hiderAt(each, layers.length));
      hiders.set(each, hider);
    }
    lastFolder = folder;
    lastHider = hider;
    return hider;
  }
  function hiderAt(folder: string, before: number): number {
    const emptied = highest(emptiedBy.get(folder), before);
    return folder === '' ? emptied : Math.max(emptied, highest(removedBy.get(folder), before));
  }

  function isTakenAway(path: string, layer: number, before: number): boolean {
    if (!anyHidden) return false;
    if (highest(removedBy.get(path), before) > layer) return true;
    const parent = parentOf(path);
    if (before === layers.length) return hiderOf(parent) > layer;
    for (let folder = parent; ; folder = parentOf(folder)) {
      if (hiderAt(folder, before) > layer) return true;
      if (folder === '') return false;
    }
  }

  let fileCount = 0;
  let bytes = 0;
  /** Paths at which the highest entry is hidden by a layer above. */
  const gone = new Set<string>();
  // oxlint-disable-next-line unicorn/no-array-for-each -- an iterator makes an array of each of a hundred thousand entries
  top.forEach((place, path) => {
    const layer = Math.floor(place / most);
    if (isTakenAway(path, layer, layers.length)) {
      gone.add(path);
      return;
    }
    const tree = layers[layer];
    if (!tree || tree.kinds[place % most] === folderLetter) return;
    fileCount += 1;
    bytes += tree.sizes[place % most] ?? 0;
  });
  const layerBytes = layers.map((tree) => (tree ? bytesOf(tree) : 0));

  function visibleAt(path: string): number | undefined {
    return gone.size > 0 && gone.has(path) ? undefined : top.get(path);
  }

  // A map of every path of every layer would be as large as all of them: only the last one of each is known by its path.
  let pathsOf: readonly ReadonlySet<string>[] | undefined;
  function has(layer: number, path: string): boolean {
    pathsOf ??= layers.map((tree) => new Set(tree?.paths));
    return pathsOf[layer]?.has(path) ?? false;
  }

  return {
    layerOf(path) {
      const place = visibleAt(path);
      return place === undefined ? undefined : Math.floor(place / most);
    },
    placeOf(path) {
      const place = visibleAt(path);
      return place === undefined ? undefined : { layer: Math.floor(place / most), index: place % most };
    },
    isHidden(path, layer, before = layers.length) {
      if (isTakenAway(path, layer, before)) return true;
      const place = top.get(path);
      if (place === undefined || Math.floor(place / most) <= layer) return false;
      if (Math.floor(place / most) < before) return true;
      for (let between = layer + 1; between < before; between += 1) if (has(between, path)) return true;
      return false;
    },
    *entries() {
      for (const [path, place] of top) {
        if (visibleAt(path) !== undefined) yield { path, layer: Math.floor(place / most), index: place % most };
      }
    },
    totals: { fileCount, bytes, wastedBytes: layerBytes.reduce((sum, each) => sum + each, -bytes), layerBytes },
  };
}

/** Layers come in their order. One that says the same a million times says it once: every path below is held against the list. */
function push(map: Map<string, number[]>, path: string, layer: number): void {
  const layers = map.get(path);
  if (!layers) map.set(path, [layer]);
  else if (layers.at(-1) !== layer) layers.push(layer);
}

/** Of ascending layers the last one below another; `none` where there is no such. */
function highest(layers: readonly number[] | undefined, before: number): number {
  return layers?.findLast((layer) => layer < before) ?? none;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function bytesOf({ kinds, sizes }: LayerTree): number {
  let bytes = 0;
  for (let index = 0; index < sizes.length; index += 1) {
    if (kinds[index] !== folderLetter) bytes += sizes[index] ?? 0;
  }
  return bytes;
}
