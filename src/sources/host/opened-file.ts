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
  return { size: status.size, read: windowed(descriptor, status.size), close: () => closeSync(descriptor) };
}

/** Bytes that are read ahead: databases are read a page at a time, mostly one after the other, and a call costs more than a page. */
const ahead = 256 * 1024;

function windowed(descriptor: number, size: number): OpenedContent['read'] {
  // One for all readings: a new one each time would be garbage of the size of the whole file.
  const room = Buffer.allocUnsafeSlow(Math.min(ahead, size));
  let start = 0;
  let end = 0;
  return function read(offset, length) {
    const wanted = Math.max(0, Math.min(length, size - offset));
    if (wanted > room.length) return readAt(descriptor, Buffer.allocUnsafe(wanted), offset);
    if (offset < start || offset + wanted > end) {
      start = offset;
      end = offset + (wanted === 0 ? 0 : readAt(descriptor, room, offset).length);
    }
    return room.subarray(offset - start, Math.min(offset + wanted, end) - start);
  };
}

/** As many bytes as there are. */
function readAt(descriptor: number, bytes: Buffer, offset: number): Buffer {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(descriptor, bytes, done, bytes.length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

function notRegular(): Error {
  return Object.assign(new Error('not a regular file'), { code: 'EINVAL' });
}
