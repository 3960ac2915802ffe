import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where distributions put the programs of the administrator. `PATH` is not asked: whoever can write to a folder of it
 * would have his program run as root, and starting what is not there costs milliseconds.
 */
export const systemFolders: readonly string[] = [
  '/usr/sbin',
  '/sbin',
  '/usr/bin',
  '/bin',
  '/usr/local/sbin',
  '/run/current-system/sw/bin',
];

/** The path of a program of the system; `undefined` where it is not installed. */
export function systemProgram(name: string, folders = systemFolders): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
