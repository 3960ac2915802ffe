import { type Dirent, opendirSync } from 'node:fs';
import { join } from 'node:path';
import { type Fact, known } from '../../model/fact.ts';

/** Of one folder; a database that writes into its own layer has millions. */
const mostEntries = 200;

/** Of all folders: what changed more than this, the engine is asked for. */
const mostPaths = 1000;

/**
 * What a container changed, from the upper folder of its overlay: files that it wrote, and the character devices
 * that stand for what it deleted. `undefined` when this user may not look there, or when it is too much to look at.
 *
 * Folders are named only when they are empty: all others are there for the sake of what is in them. Of a very full
 * folder only some of the entries are named, but no folder is left out for the sake of another.
 */
export function readWritableLayer(upper: string): Fact<readonly string[]> | undefined {
  const paths: string[] = [];
  const folders = ['/'];
  try {
    for (const folder of folders) {
      const entries = entriesOf(join(upper, folder));
      if (entries.length === 0 && folder !== '/') paths.push(folder);
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) folders.push(path);
        else paths.push(path);
      }
      if (paths.length > mostPaths || folders.length > mostPaths) return undefined;
    }
  } catch {
    return undefined;
  }
  return known(paths.toSorted(), 'file', upper);
}

/** The first entries of a folder, without listing all others. */
function entriesOf(path: string): Dirent[] {
  using folder = opendirSync(path);
  const entries: Dirent[] = [];
  for (let entry = folder.readSync(); entry && entries.length < mostEntries; entry = folder.readSync()) {
    entries.push(entry);
  }
  return entries;
}
