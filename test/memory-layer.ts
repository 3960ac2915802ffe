import type { FileEntry, LayerSource, LayerVisitor } from '../src/model/file-tree.ts';
import type { OpenedImage, OpenedLayer } from '../src/model/opened-image.ts';
import { contentOf, fileEntry } from './cataloged.ts';

/** What a layer is made of: files by path, and what else is in it. */
export interface WrittenLayer {
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly entries?: readonly FileEntry[];
  readonly removed?: readonly string[];
  readonly opaque?: readonly string[];
  /** More of the entries of files, by path. */
  readonly changes?: Readonly<Record<string, Partial<FileEntry>>>;
}

/** A layer that stands in memory, and counts how often it is read. */
export interface MemoryLayer extends LayerSource {
  readonly reads: () => number;
}

export function memoryLayer(written: WrittenLayer, canOpen = true): MemoryLayer {
  const { files = {}, entries = [], removed = [], opaque = [], changes = {} } = written;
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  let reads = 0;
  function show(visitor: LayerVisitor): void {
    for (const path of removed) visitor.removed(path);
    for (const path of opaque) visitor.opaque(path);
    for (const entry of entries) visitor.entry(entry);
    for (const [path, bytes] of contents) {
      const entry = fileEntry(path, { size: bytes.length, ...changes[path] });
      const content = contentOf(bytes);
      const interest = visitor.entry(entry);
      const isWanted = interest === 'read' || (interest === 'peek' && visitor.head(entry, content.read(0, 4096)));
      if (isWanted) visitor.content(entry, content);
    }
  }
  return {
    reads: () => reads,
    read(visitor) {
      reads += 1;
      show(visitor);
      return Promise.resolve();
    },
    ...(canOpen
      ? {
          open(path) {
            const bytes = contents.get(path);
            return bytes && { ...contentOf(bytes), close: () => undefined };
          },
        }
      : {}),
  };
}

export function openedImage(layers: readonly OpenedLayer[], changes: Partial<OpenedImage> = {}): OpenedImage {
  return {
    kind: 'archive',
    name: 'shop.tar',
    source: 'shop.tar',
    layers,
    gaps: [],
    close: () => Promise.resolve(),
    ...changes,
  };
}
