import type { FileEntry } from '../../model/file-tree.ts';

/** `0o4755 root`, `0o2755 gid 42`. */
export function modeAnd(mode: number, kind: 'uid' | 'gid', id: number): string {
  return `${modeText(mode)} ${id === 0 ? 'root' : `${kind} ${id}`}`;
}

export function modeText(mode: number): string {
  return `0o${(mode & 0o7777).toString(8).padStart(3, '0')}`;
}

/** What the kernel brings, and an image only has a place for. */
export function isOfKernel({ path }: Pick<FileEntry, 'path'>): boolean {
  return /^(?:dev|proc|sys)(?:\/|$)/.test(path);
}

/** What can be run; each name of it that a tar has. */
export function isFile({ kind }: Pick<FileEntry, 'kind'>): boolean {
  return kind === 'file' || kind === 'hard-link';
}
