import { closeSync, constants, lstatSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Text } from '../model/text.ts';
import { ActionError } from './action-error.ts';

/** A folder that is held open: whatever is renamed or linked on the way to it meanwhile, its files stay reached. */
export interface Place {
  /** The path of a file of this folder, by the open folder. */
  readonly at: (name: string) => string;
  /** The last part of the path that was asked for. */
  readonly name: string;
}

/** Linux's `O_PATH`, which Node does not name: opened to be held only, which needs no right to read. */
export const holdOnly = 0o10000000;

/**
 * Does something in the folder that a path is in. No link is followed on the way: where somebody has put one, root would
 * write where he likes. Throws an ActionError that names the path, for a link and for whatever the file system refuses.
 */
export function inFolderOf<T>(path: string, use: (place: Place) => T): T {
  try {
    return process.platform === 'linux' ? inHeldFolder(path, use) : inRealFolder(path, use);
  } catch (error) {
    throw explained(path, error);
  }
}

function inHeldFolder<T>(path: string, use: (place: Place) => T): T {
  const flags = holdOnly | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  let folder = openSync('/', flags);
  try {
    let shown = '/';
    for (const part of dirname(path).split('/').filter(Boolean)) {
      shown = join(shown, part);
      const next = openFolder(`/proc/self/fd/${folder}/${part}`, shown, flags);
      closeSync(folder);
      folder = next;
    }
    return use({ at: (name) => `/proc/self/fd/${folder}/${name}`, name: basename(path) });
  } finally {
    closeSync(folder);
  }
}

function openFolder(path: string, shown: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw new ActionError(isLink(shown));
    throw error;
  }
}

function inRealFolder<T>(path: string, use: (place: Place) => T): T {
  const folder = dirname(path);
  if (realpathSync(folder) !== folder) throw new ActionError(isLink(folder));
  return use({ at: (name) => join(folder, name), name: basename(path) });
}

/** The file system's refusal in words, with the path as the user knows it. */
function explained(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  const meaning = meanings[code];
  return Object.assign(
    new ActionError({
      en: `${path}: ${meaning ? `${meaning.en} (${code})` : code}`,
      zh: `${path}：${meaning ? `${meaning.zh}（${code}）` : code}`,
    }),
    { code },
  );
}

const meanings: Readonly<Record<string, Text>> = {
  ENOSPC: { en: 'no space left on the file system', zh: '文件系统空间不足' },
  EDQUOT: { en: 'the disk quota is used up', zh: '磁盘配额已用尽' },
  EROFS: { en: 'the file system is read-only', zh: '文件系统为只读' },
  EPERM: {
    en: 'the file or its folder may not be changed; it may be immutable (see lsattr)',
    zh: '文件或其所在文件夹不允许更改，可能设置了不可变属性（见 lsattr）',
  },
  EACCES: { en: 'this user may not change it', zh: '当前用户无权更改' },
  ENOENT: { en: 'it is not there any more', zh: '已不存在' },
  ELOOP: { en: 'a link stands in its place', zh: '该处是符号链接' },
  EBUSY: { en: 'it is a mount point, and cannot be replaced', zh: '它是挂载点，无法替换' },
  EIO: { en: 'the disk reports a fault', zh: '磁盘报告故障' },
};

function isLink(path: string): Text {
  return {
    en: `${path} is a link: nothing is written through it`,
    zh: `${path} 是符号链接：不会经由它写入`,
  };
}
