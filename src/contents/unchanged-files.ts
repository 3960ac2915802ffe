import { eachFile } from './kept-reading.ts';
import type { FileReading } from './layer-part.ts';
import { kindAt, type LayerTree } from './layer-tree.ts';

/** Clocks of file systems and of installers differ by as much, in seconds. */
const slack = 2;

/**
 * Of some files of a layer those that are not as a package manager put them there: they stand in no list, or have been written since the
 * list was. What people publish in packages is no secret of whoever made this image. Configuration is meant to be changed, and
 * always counts.
 *
 * @param files - when each path was written, seconds since 1970
 */
export function ownFiles(
  files: ReadonlyMap<string, number>,
  tree: LayerTree,
  readings: Iterable<FileReading>,
): readonly string[] {
  const links = folderLinks(tree);
  // Of the files that are asked about only: lists name a hundred thousand others.
  const listed = new Map<string, number>();
  for (const { owned = [], modified } of readings) {
    for (const list of owned) {
      eachFile(list, (each) => {
        const path = throughLinks(each, links);
        if (files.has(path)) listed.set(path, modified);
      });
    }
  }
  const own: string[] = [];
  for (const [path, modified] of files) {
    const listedAt = listed.get(path);
    if (listedAt === undefined || modified > listedAt + slack || path.startsWith('etc/')) own.push(path);
  }
  return own;
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
