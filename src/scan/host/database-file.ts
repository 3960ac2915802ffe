import { catalogedFile } from '../../contents/file-reader.ts';
import { type CatalogedFile, CatalogerError, usualLimit } from '../../contents/cataloger.ts';
import type { FileContent, OpenedContent } from '../../model/file-tree.ts';
import { openHostFile } from '../../sources/host/opened-file.ts';

/**
 * Hands a file of the host to whoever reads it, and closes it; `undefined` where there is none.
 *
 * @throws the file system's error, or that of `read`
 */
export function withHostFile<T>(root: string, path: string, read: (content: OpenedContent) => T): T | undefined {
  const content = openHostFile(root, path);
  if (!content) return undefined;
  try {
    return read(content);
  } finally {
    content.close();
  }
}

/** As catalogers are handed it. `path` is without a leading slash. */
export function asCataloged(path: string, content: FileContent): CatalogedFile {
  const entry = { path, kind: 'file', mode: 0o644, uid: 0, gid: 0, size: content.size, modified: 0 } as const;
  return catalogedFile(entry, content);
}

/** @throws CatalogerError for a file that no package manager writes */
export function wholeFile(content: FileContent): Buffer {
  if (content.size > usualLimit) {
    throw new CatalogerError({ en: 'it is too large to be read', zh: '文件过大，未读取' });
  }
  return content.read(0, content.size);
}

/** Bytes that are there already. */
export function contentOf(bytes: Buffer): FileContent {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
