import type { UnreadableFact } from '../../model/fact.ts';
import { treeKey } from '../analysers.ts';
import type { LayerObserver } from '../layer-observer.ts';
import type { TreePart } from '../layer-part.ts';
import { startTree, type TreeBuilder } from '../layer-tree.ts';

/** Lists what is in the layer, and what it takes away of those below. */
export function observeTree(): LayerObserver & Pick<TreeBuilder, 'build'> {
  const tree = startTree();
  const gaps: UnreadableFact[] = [];
  return {
    entry(entry) {
      tree.add(entry);
      return 'skip';
    },
    removed: tree.remove,
    opaque: tree.hide,
    gap: (gap) => void gaps.push(gap),
    build: tree.build,
    finish: ({ tree: built }) => [[treeKey, { tree: built, gaps } satisfies TreePart]],
  };
}
