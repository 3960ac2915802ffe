import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Fact, known } from '../../model/fact.ts';

/** Enough to judge by; a database that writes into its own layer has millions. */
const maximumPaths = 200;

/**
 * What a container changed, from the upper folder of its overlay: files that it wrote, and the character devices
 * that stand for what it deleted. `undefined` when this user may not look there.
 *
 * Folders are named only when they are empty: all others are there for the sake of what is in them.
 */
export function readWritableLayer(upper: string): Fact<readonly string[]> | undefined {
  const paths: string[] = [];
  const folders = ['/'];
  try {
    for (let folder = folders.pop(); folder !== undefined && paths.length < maximumPaths; folder = folders.pop()) {
      const entries = readdirSync(join(upper, folder), { withFileTypes: true });
      if (entries.length === 0 && folder !== '/') paths.push(folder);
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) folders.push(path);
        else paths.push(path);
      }
    }
  } catch {
    return undefined;
  }
  return known(paths.slice(0, maximumPaths).toSorted(), 'file', upper);
}
