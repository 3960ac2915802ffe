import { type Dirent, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Fact, known } from '../../model/fact.ts';
import { fileFailure } from './file.ts';
import { pathIn } from './rooted-path.ts';
import { systemUnitFolders } from './unit-places.ts';

/** Units of systemd that start by themselves: those that a `.wants` or `.requires` folder links to. */
export function readEnabledUnits(root = ''): Fact<readonly string[]> {
  const links = new Map<string, boolean>();
  const folders = [...systemUnitFolders.administrator, ...systemUnitFolders.vendor];
  const first = root + folders[0];
  let path = first;
  try {
    // Some are two names of one folder.
    const places = new Map<string, string>();
    for (const folder of folders) {
      path = root + folder;
      const place = ifThere(() => pathIn(root, folder));
      if (place !== undefined && !places.has(place)) places.set(place, folder);
    }
    for (const [place, folder] of places) {
      path = place;
      const entries = entriesOf(root, folder).filter(({ name }) => /\.(?:wants|requires)$/.test(name));
      for (const { name } of entries) {
        for (const link of entriesOf(root, join(folder, name))) {
          const id = join(name, link.name);
          if (!links.has(id)) links.set(id, !isNothing(join(link.parentPath, link.name)));
        }
      }
    }
    if (places.size === 0) return fileFailure(first, { code: 'ENOENT' });
    const names = new Set([...links].filter(([, isLinked]) => isLinked).map(([id]) => id.slice(id.indexOf('/') + 1)));
    const inOrder = [...places.keys()];
    return known([...names].filter((name) => !isMasked(inOrder, name)).toSorted(), 'file', first);
  } catch (error) {
    return fileFailure(path, error);
  }
}

function entriesOf(root: string, folder: string): Dirent[] {
  return ifThere(() => readdirSync(pathIn(root, folder), { withFileTypes: true })) ?? [];
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The first file of a unit decides: one that is empty, or a link to `/dev/null`, keeps it from ever starting. */
function isMasked(places: readonly string[], name: string): boolean {
  for (const place of places) {
    try {
      return isNothing(join(place, name));
    } catch {
      continue;
    }
  }
  return false;
}

/** Throws where there is nothing of that name. */
function isNothing(path: string): boolean {
  const status = lstatSync(path);
  return status.isSymbolicLink() ? readlinkSync(path) === '/dev/null' : status.isFile() && status.size === 0;
}
