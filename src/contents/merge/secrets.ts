import type { FoundSecret } from '../../model/image-contents.ts';
import type { LayerFindings } from '../layer-part.ts';
import type { VisibleTree } from './visible-tree.ts';

/** Secrets of all layers: also those in files that a later layer deleted, which everybody who has the image still has. */
export function mergeSecrets(layers: readonly (LayerFindings | undefined)[], tree: VisibleTree): FoundSecret[] {
  const merged = new Map<string, FoundSecret>();
  for (const [layer, findings] of layers.entries()) {
    for (const found of findings?.secrets.found ?? []) {
      const { rule, place, masked } = found;
      const deleted = place.kind === 'file' && tree.layerOf(place.path.slice(1)) !== layer;
      const key = JSON.stringify([rule, place, masked]);
      // The same file once more, as after a change of its owner: it is there, and one finding.
      if (deleted && merged.has(key)) continue;
      merged.set(key, { ...found, layer, ...(deleted ? { deleted: true } : {}) });
    }
  }
  return [...merged.values()];
}
