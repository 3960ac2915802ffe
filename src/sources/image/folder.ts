import { statSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { PlimsollError } from '../../model/error.ts';
import type { LayerSource } from '../../model/file-tree.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import type { Text } from '../../model/text.ts';
import { holdFolder } from './folder-file.ts';
import { openBelow, walkFolder, type WalkOptions } from './folder-walk.ts';

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
