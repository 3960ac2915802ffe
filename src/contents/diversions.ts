import type { Diversion } from './cataloger.ts';

/**
 * Where a file of a package is on disk: where another package, or the administrator, had it put. Without this a file would belong to
 * who did not bring it, and differ from the checksum of its package.
 *
 * @param owner - the package, as its list is called
 * @param diversions - by the path from which they divert
 */
export function diverted(path: string, owner: string, diversions: ReadonlyMap<string, Diversion>): string {
  const diversion = diversions.size === 0 ? undefined : diversions.get(path);
  if (!diversion) return path;
  // `libc6:amd64` among those that may be there for several architectures.
  const [name] = owner.split(':', 1);
  return diversion.by === name ? path : diversion.to;
}
