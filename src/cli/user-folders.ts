import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this program keeps what is to last; see the XDG Base Directory Specification. */
export function dataFolder({ dataFolder: named }: { readonly dataFolder?: string }): string {
  return named ?? folderIn(process.env['XDG_DATA_HOME'], '.local/share');
}

/** Where it keeps what it can do without. */
export function cacheFolder({ cacheFolder: named }: { readonly cacheFolder?: string }): string {
  return named ?? folderIn(process.env['XDG_CACHE_HOME'], '.cache');
}

/** The specification says that a path which is not absolute is to be passed over. */
function folderIn(base: string | undefined, usual: string): string {
  return join(base?.startsWith('/') ? base : join(homedir(), usual), 'plimsoll');
}
