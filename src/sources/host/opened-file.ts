import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { OpenedContent } from '../../model/file-tree.ts';
import { pathIn } from './rooted-path.ts';

/**
 * A regular file of the host, to be read piece by piece; `undefined` where there is none. Links are followed within `root`.
 *
 * @throws the file system's error; `EINVAL` for what is no regular file
 */
export function openHostFile(root: string, path: string): OpenedContent | undefined {
  try {
    return openPlace(pathIn(root, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * The same of a place that this process knows, such as `/proc/PID/exe`.
 *
 * @throws the file system's error; `EINVAL` for what is no regular file
 */
export function openPlace(place: string): OpenedContent {
  // Some devices act when they are opened, and a pipe would be waited for.
  if (!statSync(place).isFile()) throw notRegular();
  const descriptor = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK);
  const status = fstatSync(descriptor);
  if (!status.isFile()) {
    closeSync(descriptor);
    throw notRegular();
  }
  return {
    size: status.size,
    read: (offset, length) => readAt(descriptor, offset, Math.max(0, Math.min(length, status.size - offset))),
    close: () => closeSync(descriptor),
  };
}

function readAt(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = readSync(descriptor, bytes, done, length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

function notRegular(): Error {
  return Object.assign(new Error('not a regular file'), { code: 'EINVAL' });
}
