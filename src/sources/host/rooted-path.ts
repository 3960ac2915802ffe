import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** As many as the kernel follows. */
const mostLinks = 40;

/**
 * Where a path of the host leads, every link followed, as the host calls it. `root` is the folder that the host's file
 * systems are looked for in: links are followed within it, absolute ones too.
 *
 * @throws the file system's error (`ENOENT`, `EACCES`, `ELOOP` …)
 */
export function realPathIn(root: string, path: string): string {
  if (root === '') return realpathSync.native(path);
  const waiting = partsOf(path);
  let links = 0;
  let reached = '/';
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    if (part === '..') {
      reached = dirname(reached);
      continue;
    }
    const next = join(reached, part);
    if (!lstatSync(join(root, next)).isSymbolicLink()) {
      reached = next;
      continue;
    }
    links += 1;
    if (links > mostLinks) throw Object.assign(new Error(`too many links: ${path}`), { code: 'ELOOP' });
    const target = readlinkSync(join(root, next));
    if (target.startsWith('/')) reached = '/';
    waiting.unshift(...partsOf(target));
  }
  return reached;
}

/** The path under which this process finds what the host calls `path`, every link followed. Throws as `realPathIn`. */
export function pathIn(root: string, path: string): string {
  return root + realPathIn(root, path);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
