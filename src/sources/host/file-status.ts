import { readdirSync, statSync, type Stats } from 'node:fs';
import type { FileKind, FileStatus } from '../../model/host-file.ts';
import { realPathIn } from './rooted-path.ts';

/**
 * What stands at a path of the machine below `root`, links followed inside of it; `undefined` where nothing does. Paths
 * in the answer are the machine's own, without `root`. Throws what the file system throws where it may not be looked at.
 */
export function readFileStatus(path: string, root = ''): FileStatus | undefined {
  try {
    // Most places are empty, and an error that is thrown costs more than all the rest.
    if (root === '' && statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    const realPath = realPathIn(root, path);
    const status = statSync(root + realPath);
    return {
      path,
      realPath,
      kind: kindOf(status),
      uid: status.uid,
      gid: status.gid,
      mode: status.mode & 0o7777,
    };
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** The names in a folder in their order; none where there is no such folder. */
export function namesIn(folder: string, root: string): readonly string[] {
  try {
    if (root === '' && statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
    return readdirSync(root + realPathIn(root, folder)).toSorted();
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function kindOf(status: Stats): FileKind {
  if (status.isFile()) return 'file';
  if (status.isDirectory()) return 'folder';
  return status.isSocket() ? 'socket' : 'other';
}
