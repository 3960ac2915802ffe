import type { CatalogedFile } from '../src/contents/cataloger.ts';
import type { FileContent, FileEntry } from '../src/model/file-tree.ts';

/** A file's entry, a plain one where nothing else is said. */
export function fileEntry(path: string, changes: Partial<FileEntry> = {}): FileEntry {
  return { path, kind: 'file', mode: 0o644, uid: 0, gid: 0, size: 0, modified: Date.UTC(2026, 5, 1), ...changes };
}

export function contentOf(bytes: Buffer): FileContent {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** A file as a cataloger is handed it. */
export function catalogedFile(path: string, written: string | Buffer): CatalogedFile {
  const bytes = Buffer.from(written);
  return {
    path,
    entry: fileEntry(path, { size: bytes.length }),
    content: contentOf(bytes),
    bytes: () => bytes,
    text: () => bytes.toString('utf8'),
  };
}
