import { statSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { PlimsollError } from '../../model/error.ts';
import type { LayerSource } from '../../model/file-tree.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import type { Text } from '../../model/text.ts';
import { type FolderFile, holdFolder, openFolderFile } from './folder-file.ts';
import { checkWay, openBelow, walkFolder, type WalkOptions } from './folder-walk.ts';

/**
 * Opens a folder, or the mounted root of a file system, to be looked through as one layer.
 *
 * @throws PlimsollError where it is no folder, or may not be opened
 */
export function openFolder(path: string): OpenedImage {
  checkFolder(path);
  return {
    kind: 'folder',
    name: path,
    source: path,
    layers: [{ source: folderSource(path) }],
    gaps: [],
    close: async () => {},
  };
}

/** Everything below a folder. Other file systems that are mounted in it are not entered. */
export function folderSource(root: string, options: WalkOptions = {}): LayerSource {
  return {
    async read(visitor) {
      const walk = walkFolder(root, visitor, options);
      try {
        while (!walk.next().done) await turn();
      } finally {
        walk.return(undefined);
      }
    },
    open: (path) => openedBelow(root, path),
  };
}

/**
 * Opens files of a folder that nobody changes. Thousands of them are opened one after the other, most beside each other: the way to
 * their folder is only gone once, link by link, and the memory to read into is shared by those that are not open at the same time.
 */
export function settledOpener(root: string): (path: string) => FolderFile | undefined {
  const scratch = { bytes: Buffer.alloc(0) };
  let isTaken = false;
  let known: string | undefined;
  return (path) => {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    try {
      if (parent !== known) checkWay(root, parent);
      known = parent;
      if (isTaken) return openFolderFile(`${root}/${path}`, { bytes: Buffer.alloc(0) }, true);
      const file = openFolderFile(`${root}/${path}`, scratch, true);
      isTaken = true;
      return {
        ...file,
        close() {
          isTaken = false;
          file.close();
        },
      };
    } catch {
      return undefined;
    }
  };
}

/** The content of one file of a folder; `undefined` where it cannot be had. */
export function openedBelow(root: string, path: string): ReturnType<typeof openBelow> | undefined {
  try {
    return openBelow(root, path, { bytes: Buffer.alloc(0) });
  } catch {
    return undefined;
  }
}

function checkFolder(path: string): void {
  const code = failureAt(path);
  if (code === undefined) return;
  throw new PlimsollError(
    'file-unreadable',
    code === 'ENOTDIR'
      ? { en: `${path} is not a folder`, zh: `${path} 不是文件夹` }
      : code === 'ENOENT'
        ? { en: `there is no folder ${path}`, zh: `文件夹 ${path} 不存在` }
        : { en: `the folder ${path} cannot be opened: ${code}`, zh: `无法打开文件夹 ${path}：${code}` },
    adviceOn(code),
  );
}

function adviceOn(code: string): Text {
  return code === 'EACCES' || code === 'EPERM'
    ? { en: 'Run as root, or as its owner.', zh: '请以 root 或其所有者身份运行。' }
    : { en: 'Check the path.', zh: '请检查路径。' };
}

function failureAt(path: string): string | undefined {
  try {
    if (!statSync(path).isDirectory()) return 'ENOTDIR';
    holdFolder(path, true).close();
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EIO';
  }
}
