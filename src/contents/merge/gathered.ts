import type { AnalyserKey, CatalogerPart, FileReading, LayerFindings } from '../layer-part.ts';
import type { VisibleTree } from './visible-tree.ts';

/** What one cataloger read of one file, in the layer in which it stands. */
export interface PlacedReading {
  readonly cataloger: AnalyserKey;
  readonly layer: number;
  readonly reading: FileReading;
  /** What it read of the same path in the layers below, the highest first, as far as it was there all the time. */
  readonly before: readonly Pick<PlacedReading, 'layer' | 'reading'>[];
}

/** Of every file that catalogers read the one that is there in the end. */
export function gatherReadings(layers: readonly (LayerFindings | undefined)[], tree: VisibleTree): PlacedReading[] {
  const byFile = new Map<string, Omit<PlacedReading, 'before'>[]>();
  for (const [layer, findings] of layers.entries()) {
    for (const [cataloger, part] of findings?.catalogers ?? []) {
      for (const reading of part.files) {
        const key = `${cataloger}:${reading.path}`;
        const others = byFile.get(key);
        if (others) others.push({ cataloger, layer, reading });
        else byFile.set(key, [{ cataloger, layer, reading }]);
      }
    }
  }
  const placed: PlacedReading[] = [];
  for (const readings of byFile.values()) {
    const last = readings.at(-1);
    if (!last || tree.layerOf(last.reading.path) !== last.layer) continue;
    placed.push({ ...last, before: unbroken(readings, tree) });
  }
  return placed;
}

/** Downwards from the last one, until the file was gone for a while. */
function unbroken(readings: readonly Omit<PlacedReading, 'before'>[], tree: VisibleTree) {
  const before: Omit<PlacedReading, 'before'>[] = [];
  for (let index = readings.length - 2; index >= 0; index -= 1) {
    const [lower, upper] = [readings[index], readings[index + 1]];
    if (!lower || !upper || tree.isHidden(lower.reading.path, lower.layer, upper.layer)) break;
    before.push(lower);
  }
  return before;
}

/** Everything that catalogers did not understand. */
export function gapsOf(layers: readonly (LayerFindings | undefined)[]) {
  return layers.flatMap((findings) =>
    findings
      ? [
          findings.tree,
          findings.secrets,
          findings.notable,
          ...(findings.catalogers.values() as Iterable<CatalogerPart>),
        ].flatMap(({ gaps }) => gaps)
      : [],
  );
}
