import { type ChangedImage, type ChangeMessage, compareChanges, type FindingChange } from '../model/image-change.ts';
import type { StateChange } from './state-changes.ts';

/** Paths of a package that is there more than once, which are told. */
const mostPaths = 5;

export interface PackageChange {
  readonly purl: string;
  readonly path: string;
  readonly change: StateChange;
}

/** What became of an image's vulnerabilities, the worst first; what is the same of a package at several places is told once. */
export function changesOf(changes: readonly PackageChange[]): FindingChange[] {
  const groups = Map.groupBy(changes, ({ purl, change }) => JSON.stringify([purl, change]));
  return Array.from(groups.values(), (group) => {
    const [{ purl, change }] = group as [PackageChange, ...PackageChange[]];
    const { vulnerability, before, after } = change;
    const paths = [...new Set(group.map(({ path }) => path))].slice(0, mostPaths);
    return { change: change.change, vulnerability, package: purl, paths, before, after };
  }).toSorted(compareChanges);
}

/** Bytes that the images of one message may take, about: receivers refuse what is too long. */
export const longestMessage = 100_000;

/**
 * The changes of images in parts that can be sent. An image with many changes is in several of them; a single change is never parted.
 *
 * @param first - the number of the first part
 */
export function messagesOf(
  images: readonly ChangedImage[],
  { set, found, first }: Pick<ChangeMessage, 'set' | 'found'> & { readonly first: number },
): ChangeMessage[] {
  const parts: PartImage[][] = [];
  let part: PartImage[] = [];
  let used = 0;
  for (const image of images) {
    const frame = sizeOf({ ...image, changes: [] });
    for (const change of image.changes) {
      const size = sizeOf(change);
      let open = part.at(-1);
      if (used > 0 && used + size + (open?.image === image ? 0 : frame) > longestMessage) {
        part = [];
        used = 0;
        open = undefined;
      }
      if (part.length === 0) parts.push(part);
      if (open?.image !== image) {
        open = { image, changes: [] };
        part.push(open);
        used += frame;
      }
      open.changes.push(change);
      used += size;
    }
  }
  return parts.map((each, index) => ({
    set,
    part: first + index,
    found,
    images: each.map(({ image, changes }) => ({ ...image, changes })),
  }));
}

interface PartImage {
  readonly image: ChangedImage;
  readonly changes: FindingChange[];
}

function sizeOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value)) + 1;
}
