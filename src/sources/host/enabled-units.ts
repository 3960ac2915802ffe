import { type Dirent, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Fact, known } from '../../model/fact.ts';
import { fileFailure } from './file.ts';
import { pathIn } from './rooted-path.ts';

/** Where links stand that start units, the first that has one wins. */
const folders = ['/etc/systemd/system', '/run/systemd/system', '/usr/lib/systemd/system'];

/** Units of systemd that start by themselves: those that a `.wants` or `.requires` folder links to. */
export function readEnabledUnits(root = ''): Fact<readonly string[]> {
  const links = new Map<string, boolean>();
  let path = root + folders[0];
  let isSystemdThere = false;
  try {
    for (const folder of folders) {
      path = root + folder;
      const entries = entriesOf(root, folder);
      isSystemdThere ||= entries !== undefined;
      for (const { name } of entries?.filter((entry) => /\.(?:wants|requires)$/.test(entry.name)) ?? []) {
        for (const link of entriesOf(root, join(folder, name)) ?? []) {
          const id = join(name, link.name);
          if (!links.has(id)) links.set(id, !isNothing(join(link.parentPath, link.name)));
        }
      }
    }
    if (!isSystemdThere) return fileFailure(root + folders[0], { code: 'ENOENT' });
    const names = new Set([...links].filter(([, isLinked]) => isLinked).map(([id]) => id.slice(id.indexOf('/') + 1)));
    const places = folders.flatMap((folder) => placeOf(root, folder) ?? []);
    return known([...names].filter((name) => !isMasked(places, name)).toSorted(), 'file', root + folders[0]);
  } catch (error) {
    return fileFailure(path, error);
  }
}

function entriesOf(root: string, folder: string): Dirent[] | undefined {
  try {
    return readdirSync(pathIn(root, folder), { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function placeOf(root: string, folder: string): string | undefined {
  try {
    return pathIn(root, folder);
  } catch {
    return undefined;
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
