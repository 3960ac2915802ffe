import type { UnreadableFact } from '../model/fact.ts';
import type { FileEntry, Interest, LayerSource } from '../model/file-tree.ts';
import type { CatalogedFile } from './cataloger.ts';
import type { AnalyserKey, FileReading } from './layer-part.ts';
import type { LayerTree } from './layer-tree.ts';

/** One of those who look at a layer while it is shown; each for itself, all in one pass. */
export interface LayerObserver {
  /** Every entry; what is answered for a hard link counts for the file that it leads to. */
  readonly entry: (entry: FileEntry) => Interest;
  /** After `peek`: whether the content is wanted. */
  readonly head?: (entry: FileEntry, head: Buffer) => boolean;
  readonly content?: (file: CatalogedFile) => void;
  readonly removed?: (path: string) => void;
  readonly opaque?: (path: string) => void;
  /** Something of the layer was not shown. */
  readonly gap?: (gap: UnreadableFact) => void;
  /** The content of the last entry could not be had. */
  readonly unread?: (gap: UnreadableFact) => void;
  /** What came out, by analyser, as it is kept. */
  readonly finish: (ended: EndedLayer) => readonly (readonly [AnalyserKey, object])[];
}

/** What is known when all of a layer was shown. */
export interface EndedLayer {
  readonly tree: LayerTree;
  /** Of all catalogers, of this time or an earlier one. */
  readonly readings: readonly FileReading[];
  /** Absent where nothing can be read again. */
  readonly source?: LayerSource;
}
