import type { FileEntry, LayerVisitor } from '../../src/model/file-tree.ts';
import type { OpenedImage } from '../../src/model/opened-image.ts';

/** What one layer shows, and the first bytes of its files. */
export interface SeenLayer {
  readonly entries: readonly FileEntry[];
  readonly contents: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
  readonly opaque: readonly string[];
  readonly gaps: readonly string[];
}

export function seeingVisitor(): SeenLayer & { readonly visitor: LayerVisitor } {
  const seen = {
    entries: [] as FileEntry[],
    contents: new Map<string, string>(),
    removed: [] as string[],
    opaque: [] as string[],
    gaps: [] as string[],
  };
  const visitor: LayerVisitor = {
    entry: (entry) => {
      seen.entries.push(entry);
      return 'peek';
    },
    head: ({ path }, head) => {
      seen.contents.set(path, head.toString('latin1'));
      return false;
    },
    content: () => undefined,
    removed: (path) => void seen.removed.push(path),
    opaque: (path) => void seen.opaque.push(path),
    gap: ({ path, reason }) => void seen.gaps.push(`${path}: ${reason.en}`),
  };
  return { ...seen, visitor };
}

/** Every layer of an image, in its order, however it can be read. */
export async function seenLayers(image: OpenedImage): Promise<SeenLayer[]> {
  const byDigest = new Map<string, SeenLayer>();
  const begun = new Map<LayerVisitor, SeenLayer>();
  await image.stream?.(
    () => {
      const seen = seeingVisitor();
      begun.set(seen.visitor, seen);
      return seen.visitor;
    },
    (digest, visitor) => {
      const seen = begun.get(visitor);
      if (seen) byDigest.set(digest, seen);
    },
  );
  const layers: SeenLayer[] = [];
  for (const { digest = '', source } of image.layers) {
    const seen = seeingVisitor();
    await source?.read(seen.visitor);
    layers.push(source ? seen : (byDigest.get(digest) ?? seen));
  }
  return layers;
}

/** The tree that layers make up, as a container shows it: a line for each path. */
export function mergedTree(layers: readonly SeenLayer[]): Record<string, string> {
  const tree = new Map<string, string>();
  const below = (path: string) => [...tree.keys()].filter((each) => path === '' || each.startsWith(`${path}/`));
  for (const { entries, contents, removed, opaque } of layers) {
    for (const path of removed) for (const each of [path, ...below(path)]) tree.delete(each);
    for (const path of opaque) for (const each of below(path)) tree.delete(each);
    const ofLayer = new Map(entries.map((entry) => [entry.path, entry]));
    for (const entry of entries) {
      if (entry.kind !== 'folder') for (const each of below(entry.path)) tree.delete(each);
      // A folder on disk shows each name of a file as a file.
      const shown = entry.kind === 'hard-link' ? (ofLayer.get(entry.target ?? '') ?? entry) : entry;
      tree.set(entry.path, described(shown, contents.get(shown.path) ?? ''));
    }
  }
  return Object.fromEntries([...tree].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function described(
  { kind, mode, uid, gid, size, modified, target = '', capability = '' }: FileEntry,
  head: string,
): string {
  const content = kind === 'file' ? `${size} ${head.slice(0, 40)}` : target;
  const seconds = kind === 'folder' ? '' : Math.floor(modified / 1000);
  return [kind, mode.toString(8), uid, gid, seconds, content, capability].join(' ');
}
