import { folderLetter, kindAt, type LayerTree } from '../layer-tree.ts';
import type { FileKind } from '../../model/file-tree.ts';

/** The layers of an image as one tree. */
export interface VisibleTree {
  /** The layer whose entry stands at this path; `undefined` where nothing does. */
  readonly layerOf: (path: string) => number | undefined;
  readonly placeOf: (path: string) => Omit<TreeEntry, 'path'> | undefined;
  /** Whether what this layer has at the path is hidden or replaced by a later one, up to (not with) layer `before`. */
  readonly isHidden: (path: string, layer: number, before?: number) => boolean;
  readonly kindOf: (path: string) => FileKind | undefined;
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

/**
 * Puts layers, the lowest first, one upon the other. What a whiteout names is hidden with all that is in it; an opaque folder hides what
 * the layers below have in it; what is no folder hides the folder that it replaces. A whiteout in the layer itself only means those below.
 */
export function mergeTrees(layers: readonly (LayerTree | undefined)[]): VisibleTree {
  const top = new Map<string, number>();
  /** The highest layer that hides a path and all that is in it, or only all that is in it. */
  const removedBy = new Map<string, number[]>();
  const emptiedBy = new Map<string, number[]>();
  const layerBytes = layers.map(() => 0);
  let wastedBytes = 0;

  /** Folders that have no entry of their own as such, with the first layer that has something in them. */
  const implied = new Map<string, number>();
  let lastParent = '';
  function imply(path: string, layer: number): void {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (parent === lastParent || parent === '') return;
    lastParent = parent;
    for (let folder = parent; folder !== '' && !implied.has(folder) && !isFolder(top.get(folder));) {
      implied.set(folder, layer);
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
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
    for (const [index, path] of tree.paths.entries()) {
      if (layer > 0 && tree.kinds[index] !== folderLetter && isFolderSoFar(path, layer)) replaced.push(path);
      imply(path, layer);
      top.set(path, layer * most + index);
    }
    // A folder that follows in the same layer takes the place of what took its own: then the layers below show through again.
    for (const path of replaced) if (!isFolder(top.get(path))) push(emptiedBy, path, layer);
  }
  const anyHidden = removedBy.size > 0 || emptiedBy.size > 0;

  function isTakenAway(path: string, layer: number, before: number): boolean {
    if (!anyHidden) return false;
    if (isBetween(removedBy.get(path), layer, before)) return true;
    for (let slash = path.lastIndexOf('/'); slash >= 0; slash = slash === 0 ? -1 : path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (isBetween(removedBy.get(folder), layer, before) || isBetween(emptiedBy.get(folder), layer, before))
        return true;
    }
    return isBetween(emptiedBy.get(''), layer, before);
  }

  function visibleAt(path: string): number | undefined {
    const place = top.get(path);
    if (place === undefined) return undefined;
    return isTakenAway(path, Math.floor(place / most), layers.length) ? undefined : place;
  }

  // A map of every path of every layer would be as large as all of them: only the last one of each is known by its path.
  let pathsOf: readonly ReadonlySet<string>[] | undefined;
  function has(layer: number, path: string): boolean {
    pathsOf ??= layers.map((tree) => new Set(tree?.paths));
    return pathsOf[layer]?.has(path) ?? false;
  }

  let fileCount = 0;
  let bytes = 0;
  for (const [layer, tree] of layers.entries()) {
    if (!tree) continue;
    for (const [index, path] of tree.paths.entries()) {
      if (tree.kinds[index] === folderLetter) continue;
      const size = tree.sizes[index] ?? 0;
      layerBytes[layer] = (layerBytes[layer] ?? 0) + size;
      if (visibleAt(path) === layer * most + index) {
        fileCount += 1;
        bytes += size;
      } else wastedBytes += size;
    }
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
    kindOf(path) {
      const place = visibleAt(path);
      const tree = place === undefined ? undefined : layers[Math.floor(place / most)];
      return tree && place !== undefined ? kindAt(tree, place % most) : undefined;
    },
    *entries() {
      for (const [path, place] of top) {
        if (visibleAt(path) !== undefined) yield { path, layer: Math.floor(place / most), index: place % most };
      }
    },
    totals: { fileCount, bytes, wastedBytes, layerBytes },
  };
}

/** Layers come in their order. One that says the same a million times says it once: every path below is held against the list. */
function push(map: Map<string, number[]>, path: string, layer: number): void {
  const layers = map.get(path);
  if (!layers) map.set(path, [layer]);
  else if (layers.at(-1) !== layer) layers.push(layer);
}

function isBetween(layers: readonly number[] | undefined, after: number, before: number): boolean {
  return layers?.some((layer) => layer > after && layer < before) ?? false;
}
