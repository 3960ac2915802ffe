import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { OpenedContent } from '../../model/file-tree.ts';
import { namedBytes } from './entry-name.ts';

/*
 * How a folder is read that somebody else may be changing: a link put in the place of a folder must not lead root out of it. Each
 * folder is held open and reached by way of the one above it, as `openat` does, which Node lacks: `/proc/self/fd/N/NAME` with
 * O_NOFOLLOW is the same, and takes 15 µs more for each folder. Checking the folders on the way with `lstat` would cost more, and leave
 * a moment between the question and the use. Where there is no `/proc` (macOS), paths are used as they are, without following links:
 * there no engine's folders are read, only those that the user names.
 */

/** A folder that is held open. */
export interface HeldFolder {
  /** What a name is put behind to reach a file in it. */
  readonly base: string;
  readonly close: () => void;
}

/** Linux's `O_PATH`, which Node does not name: held, but not opened; a device does not notice. */
const holdOnly = 0o10000000;
const hasDescriptors = process.platform === 'linux' && existsSync('/proc/self/fd');

/**
 * Opens a folder; the last part of the path is not followed unless `follow` says so.
 *
 * @throws the file system's error
 */
export function holdFolder(path: string, follow = false): HeldFolder {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW);
  const descriptor = openSync(namedBytes(path), flags);
  if (hasDescriptors) return { base: `/proc/self/fd/${descriptor}/`, close: () => closeSync(descriptor) };
  closeSync(descriptor);
  return nameFolder(path);
}

/** The same for a folder that nobody changes: it is reached by its path. */
export function nameFolder(path: string): HeldFolder {
  return { base: path.endsWith('/') ? path : `${path}/`, close: () => {} };
}

/** Memory that readings share. */
export interface Scratch {
  bytes: Buffer;
}

/** More than this is not kept for the next reading. */
const mostKept = 1024 ** 2;

/** A file that is read in place. */
export interface FolderFile extends OpenedContent {
  /** The file ended before its size said. */
  readonly endedEarly: () => boolean;
  /** What a reading failed with. */
  readonly failure: () => unknown;
}

/**
 * Opens a regular file for reading; anything else is refused without being touched, for some devices act when they are opened.
 *
 * @param path with a base of `holdFolder` in front
 * @param isSettled it was seen to be a regular file, and nobody changes it: then it need not be held first, which takes half the time
 * @throws the file system's error; `EINVAL` for what is no regular file
 */
export function openFolderFile(path: string, scratch: Scratch, isSettled = false): FolderFile {
  const descriptor =
    hasDescriptors && !isSettled ? openHeld(path) : openSync(namedBytes(path), readOnly | constants.O_NOFOLLOW);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw notRegular();
    return fileOf(descriptor, status.size, scratch);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

const readOnly = constants.O_RDONLY | constants.O_NONBLOCK;

function openHeld(path: string): number {
  const held = openSync(namedBytes(path), holdOnly | constants.O_NOFOLLOW);
  try {
    if (!fstatSync(held).isFile()) throw notRegular();
    return openSync(`/proc/self/fd/${held}`, readOnly);
  } finally {
    closeSync(held);
  }
}

function notRegular(): Error {
  return Object.assign(new Error('not a regular file'), { code: 'EINVAL' });
}

function fileOf(descriptor: number, size: number, scratch: Scratch): FolderFile {
  let early = false;
  let failure: unknown;
  return {
    size,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = room(scratch, wanted);
      let done = 0;
      try {
        while (done < wanted) {
          const read = readSync(descriptor, bytes, done, wanted - done, offset + done);
          if (read === 0) break;
          done += read;
        }
      } catch (error) {
        failure = error;
        throw error;
      }
      early ||= done < wanted;
      return bytes.subarray(0, done);
    },
    close: () => closeSync(descriptor),
    endedEarly: () => early,
    failure: () => failure,
  };
}

function room(scratch: Scratch, length: number): Buffer {
  if (length > mostKept) return Buffer.allocUnsafe(length);
  if (scratch.bytes.length < length)
    scratch.bytes = Buffer.allocUnsafeSlow(Math.min(mostKept, Math.max(65_536, length * 2)));
  return scratch.bytes;
}
