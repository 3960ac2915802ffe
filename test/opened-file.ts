import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { OpenedContent } from '../src/model/file-tree.ts';

/** A file of this machine as a cataloger reads it, piece by piece. */
export function openedFile(path: string): OpenedContent {
  const file = openSync(path, 'r');
  return {
    size: fstatSync(file).size,
    read: (offset, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    },
    close: () => closeSync(file),
  };
}
