import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a file that is whole in the place of another, so that after a power cut one of them is there.
 *
 * @throws the file system's error
 */
export function putInPlace(temporary: string, file: string): void {
  sync(temporary, 'r+');
  renameSync(temporary, file);
  sync(dirname(file), 'r');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
