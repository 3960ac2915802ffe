import type { UnreadableFact } from './fact.ts';
import type { LayerSource, LayerVisitor } from './file-tree.ts';
import type { ImageFacts } from './image.ts';

/** What `plimsoll scan` can be pointed at. */
export const targetKinds = ['engine', 'container', 'archive', 'oci-layout', 'registry', 'folder'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** An image, wherever it is, opened to be looked through. It must be closed. */
export interface OpenedImage {
  readonly kind: TargetKind;
  /** What reports call it: `alpine:3.20`, `shop.tar`, `/srv/root`. */
  readonly name: string;
  /** Where it was read: an endpoint, a file, a registry. */
  readonly source: string;
  /** Its configuration and history; absent for a folder, which has neither. */
  readonly facts?: Omit<ImageFacts, 'usedBy' | 'contents'>;
  /** `linux/amd64`. */
  readonly platform?: string;
  /** The lowest first. */
  readonly layers: readonly OpenedLayer[];
  /**
   * Reads all layers in the order in which they happen to come, where none can be read by itself. `begin` is called for each
   * without its digest, which is known at its end only.
   */
  readonly stream?: (begin: () => LayerVisitor, end: (digest: string, visitor: LayerVisitor) => void) => Promise<void>;
  readonly gaps: readonly UnreadableFact[];
  readonly close: () => Promise<void>;
}

export interface OpenedLayer {
  /** `sha256:…` of the uncompressed archive (its diff id): what is known of it is kept under that name. */
  readonly digest?: string;
  /** The line of the history that made it. */
  readonly createdBy?: string;
  /** What the container itself changed. */
  readonly ofContainer?: true;
  /** Absent where it cannot be read: then `unread` says why, or the image has `stream`. */
  readonly source?: LayerSource;
  /** A foreign or encrypted layer, one of an unknown kind. */
  readonly unread?: UnreadableFact;
}
