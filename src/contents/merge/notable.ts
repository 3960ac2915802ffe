import type { NotableFile, NotableKind } from '../../model/notable-file.ts';
import type { FoundNotable, LayerFindings } from '../layer-part.ts';
import type { VisibleTree } from './visible-tree.ts';

/** What is in an image even when a later layer deleted it: it can be taken out, and it takes up room. */
const outlasting: ReadonlySet<NotableKind> = new Set(['private-key', 'package-credentials', 'package-cache']);

/** Where each of them stands: what is told of a folder stands where its largest file does. */
export function placesOf(layers: readonly (LayerFindings | undefined)[]): string[] {
  return layers.flatMap((findings) => findings?.notable.found.map(placeOf) ?? []);
}

function placeOf({ path, largest = path }: Pick<FoundNotable, 'path' | 'largest'>): string {
  return largest;
}

/** Notable files that are there in the end, and those whose deletion does not help. */
export function mergeNotable(
  layers: readonly (LayerFindings | undefined)[],
  tree: VisibleTree,
  owners: ReadonlyMap<string, string>,
): NotableFile[] {
  const merged = new Map<string, NotableFile>();
  for (const [layer, findings] of layers.entries()) {
    for (const found of findings?.notable.found ?? []) {
      const { kind, path, detail, size, largest } = found;
      const place = placeOf(found);
      const deleted = tree.layerOf(place) !== layer;
      if (deleted && !outlasting.has(kind)) continue;
      // Of a folder, each layer brought its own part.
      const key = JSON.stringify([kind, path, detail, ...(largest === undefined ? [] : [layer])]);
      if (deleted && merged.has(key)) continue;
      const owner = owners.get(place);
      merged.set(key, {
        kind,
        path: `/${path}`,
        layer,
        detail,
        size,
        ...(owner === undefined ? {} : { ownedBy: owner }),
        ...(deleted ? { deleted: true } : {}),
      });
    }
  }
  return [...merged.values()];
}
