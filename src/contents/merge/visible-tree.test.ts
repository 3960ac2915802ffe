import { assert, array, constantFrom, oneof, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { type LayerTree, startTree } from '../layer-tree.ts';
import { mergeTrees, type VisibleTree } from './visible-tree.ts';

interface Written {
  readonly folders?: readonly string[];
  readonly files?: readonly string[];
  readonly removed?: readonly string[];
  readonly opaque?: readonly string[];
}

function treeOf({ folders = [], files = [], removed = [], opaque = [] }: Written): LayerTree {
  const tree = startTree();
  for (const path of folders) tree.add(fileEntry(path, { kind: 'folder', mode: 0o755 }));
  for (const path of files) tree.add(fileEntry(path, { size: 10 }));
  for (const path of removed) tree.remove(path);
  for (const path of opaque) tree.hide(path);
  return tree.build();
}

function pathsOf(tree: VisibleTree): string[] {
  return [...tree.entries()].map(({ path, layer }) => `${path}@${layer}`).toSorted();
}

describe('layers upon one another', () => {
  test('a whiteout takes away a file, and a folder with all that is in it', () => {
    const merged = mergeTrees([
      treeOf({ folders: ['a', 'a/b'], files: ['a/b/c', 'a/d', 'e'] }),
      treeOf({ removed: ['a/b', 'e'] }),
    ]);
    expect(pathsOf(merged)).toEqual(['a/d@0', 'a@0']);
    expect(merged.isHidden('a/b/c', 0)).toBe(true);
    expect(merged.totals).toEqual({ fileCount: 1, bytes: 10, wastedBytes: 20, layerBytes: [30, 0] });
  });

  test('an opaque folder hides what is below, not what is beside it in its own layer', () => {
    const merged = mergeTrees([
      treeOf({ folders: ['a'], files: ['a/old'] }),
      treeOf({ folders: ['a'], files: ['a/new'], opaque: ['a'] }),
    ]);
    expect(pathsOf(merged)).toEqual(['a/new@1', 'a@1']);
  });

  test('a whiteout beside an entry of the same name means the one below: deleted and made anew', () => {
    const merged = mergeTrees([
      treeOf({ folders: ['a'], files: ['a/old'] }),
      treeOf({ removed: ['a'], folders: ['a'], files: ['a/new'] }),
    ]);
    expect(pathsOf(merged)).toEqual(['a/new@1', 'a@1']);
  });

  test('a file in the place of a folder hides all that was in it', () => {
    const merged = mergeTrees([treeOf({ folders: ['a'], files: ['a/b'] }), treeOf({ files: ['a'] })]);
    expect(pathsOf(merged)).toEqual(['a@1']);
  });

  test('what comes back in a third layer is there, and was hidden for the layer between', () => {
    const merged = mergeTrees([treeOf({ files: ['a'] }), treeOf({ removed: ['a'] }), treeOf({ files: ['a'] })]);
    expect(merged.layerOf('a')).toBe(2);
    expect(merged.isHidden('a', 0)).toBe(true);
    expect(merged.isHidden('a', 0, 1)).toBe(false);
    expect(merged.isHidden('a', 0, 2)).toBe(true);
  });

  test('an opaque root hides everything', () => {
    expect(pathsOf(mergeTrees([treeOf({ files: ['a', 'b/c'] }), treeOf({ opaque: [''], files: ['d'] })]))).toEqual([
      'd@1',
    ]);
  });

  test('of a path that a tar has twice the later entry counts', () => {
    const tree = startTree();
    tree.add(fileEntry('a', { size: 1 }));
    tree.add(fileEntry('a', { size: 5 }));
    expect(mergeTrees([tree.build()]).totals).toMatchObject({ fileCount: 1, bytes: 5, wastedBytes: 1 });
  });

  test('a folder after a file of the same name in one layer hides nothing of the layers below; a file after a folder does', () => {
    const base = treeOf({ folders: ['usr'], files: ['usr/lib'] });
    const [folderLast, fileLast] = [startTree(), startTree()];
    const [file, folder] = [fileEntry('usr'), fileEntry('usr', { kind: 'folder' })];
    for (const each of [file, folder]) folderLast.add(each);
    for (const each of [folder, file]) fileLast.add(each);
    expect(pathsOf(mergeTrees([base, folderLast.build()]))).toEqual(['usr/lib@0', 'usr@1']);
    expect(pathsOf(mergeTrees([base, fileLast.build()]))).toEqual(['usr@1']);
  });

  test('what one layer has both as a file and as a folder with files, a file of a later layer hides as a whole', () => {
    const layers = [{ folders: ['a'] }, { files: ['a/a', 'a'] }, { files: ['a'] }];
    expect(pathsOf(mergeTrees(layers.map(treeOf)))).toEqual(['a@2']);
  });

  test('a whiteout that is written again and again costs no more than one', () => {
    const many = Array.from({ length: 150_000 }, (_, index) => `a/${index}`);
    // Held against each other one by one they would take longer than a test may.
    const merged = mergeTrees([treeOf({ folders: ['a'] }), treeOf({ removed: many.map(() => 'a'), files: many })]);
    expect(merged.totals.fileCount).toBe(many.length);
  });

  test('a layer that was not read stands in no way', () => {
    expect(pathsOf(mergeTrees([treeOf({ files: ['a'] }), undefined, treeOf({ files: ['b'] })]))).toEqual([
      'a@0',
      'b@2',
    ]);
  });
});

/** The same by doing it: a layer after the other is applied to a set of paths. */
function applied(layers: readonly Written[]): string[] {
  const paths = new Map<string, number>();
  const takeAway = (within: string, layer: number, alsoItself: boolean) => {
    for (const [path, from] of paths) {
      const isIn = within === '' || path.startsWith(`${within}/`);
      if (from < layer && (isIn || (alsoItself && path === within))) paths.delete(path);
    }
  };
  for (const [layer, { folders = [], files = [], removed = [], opaque = [] }] of layers.entries()) {
    for (const path of removed) takeAway(path, layer, true);
    for (const path of opaque) takeAway(path, layer, false);
    for (const path of files) takeAway(path, layer, false);
    for (const path of [...folders, ...files]) paths.set(path, layer);
  }
  return [...paths].map(([path, layer]) => `${path}@${layer}`).toSorted();
}

const name = constantFrom('a', 'b', 'a/a', 'a/b', 'b/a', 'a/b/a', 'a/b/c');
const folder = constantFrom('a', 'b', 'a/b', '');

test('is what applying a layer after the other gives', () => {
  const layer = record({
    folders: array(name),
    files: array(name),
    removed: array(name),
    opaque: array(oneof(folder)),
  });
  assert(
    property(array(layer, { maxLength: 5 }), (written) => {
      // In one layer a path is one thing: what is written twice is a file.
      const layers = written.map((each) => ({
        ...each,
        folders: each.folders.filter((path) => !each.files.includes(path)),
      }));
      expect(pathsOf(mergeTrees(layers.map(treeOf)))).toEqual(applied(layers));
    }),
    { numRuns: 1000 },
  );
});
