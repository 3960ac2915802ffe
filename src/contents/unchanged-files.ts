import type { FileReading } from './layer-part.ts';
import { kindAt, type LayerTree } from './layer-tree.ts';

/** Clocks of file systems and of installers differ by as much, in seconds. */
const slack = 2;

/**
 * Which files of a layer are as a package manager put them there: they stand in its list, and have not been written since the
 * list was. What people publish in packages is no secret of whoever made this image. Configuration is meant to be changed, and
 * never counts.
 */
export function unchangedFiles(
  tree: LayerTree,
  readings: Iterable<FileReading>,
): (path: string, modified: number) => boolean {
  const links = folderLinks(tree);
  const listed = new Map<string, number>();
  for (const { owned = [], modified } of readings) {
    for (const { paths } of owned) {
      for (const path of paths) listed.set(throughLinks(path, links), modified);
    }
  }
  return (path, modified) => {
    const listedAt = listed.get(path);
    return listedAt !== undefined && modified <= listedAt + slack && !path.startsWith('etc/');
  };
}

/** Folders at the top that are links to others since `/usr` was merged: `lib` → `usr/lib`. */
export function folderLinks(tree: LayerTree): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const [index, target] of tree.targets) {
    const path = tree.paths[index] ?? '';
    if (path.includes('/') || kindAt(tree, index) !== 'symbolic-link') continue;
    const plain = target.replace(/^\/+/, '');
    if (/^[\w.-]+(?:\/[\w.-]+)*$/.test(plain) && !plain.split('/').includes('..')) links.set(path, plain);
  }
  return links;
}

/** Package managers list files by the paths that their packages were built with. */
export function throughLinks(path: string, links: ReadonlyMap<string, string>): string {
  const slash = path.indexOf('/');
  const target = slash < 0 ? undefined : links.get(path.slice(0, slash));
  return target === undefined ? path : target + path.slice(slash);
}
