import { byFolder } from '../by-folder.ts';
import type { FileEntry } from '../../model/file-tree.ts';

const longestName = 64;

/** The name of what stands in a folder for programs, also where it is a link to one; `undefined` of everything else. */
export function programNameOf({ path, kind }: Pick<FileEntry, 'path' | 'kind'>): string | undefined {
  if (kind !== 'file' && kind !== 'symbolic-link' && kind !== 'hard-link') return undefined;
  if (!isForPrograms(path)) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.length > longestName ? undefined : name;
}

const isForPrograms = byFolder((folder) => folders.has(folder));

/** As in the usual PATH, and where optional software and languages put theirs. */
const folders = new Set([
  'bin/',
  'sbin/',
  'usr/bin/',
  'usr/sbin/',
  'usr/local/bin/',
  'usr/local/sbin/',
  'usr/local/go/bin/',
  'usr/local/cargo/bin/',
  'opt/bin/',
  'opt/conda/bin/',
  'busybox/',
  'root/.cargo/bin/',
  'root/.local/bin/',
]);
