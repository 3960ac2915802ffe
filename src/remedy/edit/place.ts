import type { JsonObject, KeyPath } from '../../model/json.ts';
import type { LineIndex, Span } from '../../model/source-text.ts';

/** Where a service stands in a document, and what is written there. */
export interface ComposePlace {
  readonly base: KeyPath;
  /** What is written at `base`, merge keys followed. */
  readonly service: JsonObject;
  readonly document: JsonObject;
  /** Where one of the container's fields is written in the document; undefined: in another file, or nowhere. */
  readonly pathOf: (field: string) => KeyPath | undefined;
}

/** Where a container and its pod stand in a document, and what is written there. */
export interface PodPlace {
  /** The container's entry. */
  readonly path: KeyPath;
  readonly container: JsonObject;
  /** The pod, with `metadata` and `spec` in it. */
  readonly podPath: KeyPath;
  readonly pod: JsonObject;
}

/** The command that a container was read from, in the text that it stands in. */
export interface RunPlace {
  readonly text: string;
  readonly span: Span;
  readonly lines: LineIndex;
}
