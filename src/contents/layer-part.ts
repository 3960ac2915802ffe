import type { UnreadableFact } from '../model/fact.ts';
import type { FoundSecret } from '../model/image-contents.ts';
import type { NotableKind } from '../model/notable-file.ts';
import type { KeptReading } from './kept-reading.ts';
import type { LayerTree } from './layer-tree.ts';

/**
 * What one analyser says of one layer; plain JSON, since it is kept. Each is read again by itself when its version changes:
 * `tree@1`, `secrets@3`, `dpkg@2`.
 */
export type AnalyserKey = `${string}@${number}`;

/** What is known of a layer, by analyser. */
export interface LayerFindings {
  readonly tree: TreePart;
  readonly secrets: SecretsPart;
  readonly notable: NotablePart;
  /** By the cataloger's key. */
  readonly catalogers: ReadonlyMap<AnalyserKey, CatalogerPart>;
}

export interface TreePart {
  readonly tree: LayerTree;
  /** What of the layer was not read. */
  readonly gaps: readonly UnreadableFact[];
}

export interface CatalogerPart {
  readonly files: readonly FileReading[];
  readonly gaps: readonly UnreadableFact[];
}

export interface FileReading extends KeptReading {
  readonly path: string;
  /** Seconds since 1970. */
  readonly modified: number;
}

export interface SecretsPart {
  readonly found: readonly Omit<FoundSecret, 'layer' | 'deleted'>[];
  readonly gaps: readonly UnreadableFact[];
}

export interface NotablePart {
  readonly found: readonly FoundNotable[];
  readonly gaps: readonly UnreadableFact[];
}

export interface FoundNotable {
  readonly kind: NotableKind;
  readonly path: string;
  readonly detail: string;
  readonly size: number;
  /** Of a folder that stands for many files: the largest of them. While that is there, the others are taken to be. */
  readonly largest?: string;
}
