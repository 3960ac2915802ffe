import type { Diversion, OwnedFiles } from './cataloger.ts';

/**
 * The files of a package as they are on disk: what another package, or the administrator, had put elsewhere stands there. Without
 * this a file would belong to who did not bring it, and differ from the checksum of its package.
 *
 * @param diversions by the path from which they divert
 */
export function divertedFiles(owned: OwnedFiles, diversions: ReadonlyMap<string, Diversion>): OwnedFiles {
  if (diversions.size === 0 || !owned.paths.some((path) => diversions.has(path))) return owned;
  // `libc6:amd64` among those that may be there for several architectures.
  const [name] = owned.owner.split(':', 1);
  const paths = owned.paths.map((path) => {
    const diversion = diversions.get(path);
    return diversion && diversion.by !== name ? diversion.to : path;
  });
  return { ...owned, paths };
}
