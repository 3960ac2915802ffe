import { lstatSync, opendirSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import type { FileEntry, FileKind, LayerVisitor } from '../../model/file-tree.ts';
import { peekLength } from '../../model/file-tree.ts';
import { entryName, namedBytes } from './entry-name.ts';
import {
  type FolderFile,
  type HeldFolder,
  holdFolder,
  nameFolder,
  openFolderFile,
  type Scratch,
} from './folder-file.ts';
import { type FolderGaps, folderGaps } from './folder-gaps.ts';

export interface WalkOptions {
  /**
   * Who may be changing it now. `nobody`: the layers of an image, which only their engine writes; paths are used as they are. `stranger`:
   * the processes of a container; each status is asked for by way of the held folder too, which takes 4 µs more. Absent: anybody who may write
   * there; a status may then be another file's for a moment, a content never.
   */
  readonly changedBy?: 'nobody' | 'stranger';
  /** After so many the rest is left out. */
  readonly mostEntries?: number;
  /** A whiteout of overlay: a character device with the number 0:0. */
  readonly whiteouts?: boolean;
  /** Who an id on disk is inside, where the engine shifts them. */
  readonly idInside?: (id: number, of: 'user' | 'group') => number;
  /** Told of every folder, with its path and its status. */
  readonly folder?: (path: string, status: Stats) => void;
  /** Told of every file that has more names than one, before it is shown, with the number that they share. */
  readonly linked?: (path: string, inode: number, mode: number) => void;
  /** Whether what the entry's status says of its content is the truth; else a gap says why. */
  readonly hasContent?: (status: Stats) => boolean;
}

/** A folder on the way down. */
interface Level {
  readonly held: HeldFolder;
  /** Its path inside the root with a slash behind it, '' for the root. */
  readonly path: string;
  /** The next one in it, `undefined` at its end. */
  readonly next: () => string | undefined;
  readonly close: () => void;
}

/** Deeper than any tree that people make; each level holds a descriptor. */
const deepest = 256;
/** More than most machines have. */
const mostOfAll = 4_000_000;
/** So many entries take a few milliseconds. */
const entriesAtOnce = 1000;
/** A folder whose own size is larger, bytes, is not listed as a whole. */
const largestList = 2 * 1024 ** 2;

/**
 * Shows everything below a folder to a visitor, each folder before what is in it. Yields now and then, so that a caller can
 * let others run.
 *
 * @throws the file system's error where the root itself cannot be opened
 */
export function* walkFolder(root: string, visitor: LayerVisitor, options: WalkOptions = {}): Generator<void> {
  const gaps = folderGaps(visitor.gap);
  const levels: Level[] = [];
  const below = root.endsWith('/') ? root : `${root}/`;
  const scratch = { bytes: Buffer.alloc(0) };
  const isSettled = options.changedBy === 'nobody';
  const hold = isSettled ? nameFolder : holdFolder;
  const { dev: device, size } = lstatSync(namedBytes(below));
  let count = 0;
  try {
    levels.push(levelOf(hold(below, true), '', size));
    for (let current = levels.at(-1); current; current = levels.at(-1)) {
      const name = current.next();
      if (name === undefined) {
        current.close();
        levels.pop();
        continue;
      }
      if (count === (options.mostEntries ?? mostOfAll)) {
        gaps.tooMany(count);
        break;
      }
      count += 1;
      if (count % entriesAtOnce === 0) yield;
      const folder = show(current, name);
      if (folder) enter(current, name, folder);
    }
    gaps.finish();
  } finally {
    for (const level of levels) level.close();
  }

  /** Shows one entry; the status of a folder that is to be entered. */
  function show({ held, path: parent }: Level, name: string): Stats | undefined {
    const path = parent + name;
    const status = statusOf(path, held.base + name);
    if (!status) return undefined;
    const format = status.mode & 0o170000;
    if (format === 0o020000 && status.rdev === 0 && options.whiteouts) {
      visitor.removed(path);
      return undefined;
    }
    const entry = entryOf(path, held.base + name, status, format);
    if (!entry) return undefined;
    if (format === 0o100000 && status.nlink > 1) options.linked?.(path, status.ino, status.mode);
    if (format === 0o100000 && options.hasContent?.(status) === false) {
      visitor.entry(entry);
      gaps.incomplete(path, ...onlyItsStatus);
    } else {
      showEntry(
        visitor,
        entry,
        () => (entry.size === 0 ? nothing : openFolderFile(held.base + name, scratch, isSettled)),
        gaps,
      );
    }
    return format === 0o040000 ? status : undefined;
  }

  function statusOf(path: string, heldPath: string): Stats | undefined {
    const first = options.changedBy === 'stranger' ? heldPath : below + path;
    try {
      return lstatSync(namedBytes(first));
    } catch (error) {
      try {
        // A path may be longer than the kernel takes, and may be had step by step even so.
        if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') return lstatSync(namedBytes(heldPath));
        gaps.refused(path, error);
      } catch (other) {
        gaps.refused(path, other);
      }
      return undefined;
    }
  }

  function entryOf(path: string, heldPath: string, status: Stats, format: number): FileEntry | undefined {
    const { idInside } = options;
    const entry = {
      path,
      kind: kinds.get(format) ?? 'device',
      mode: status.mode & 0o7777,
      uid: idInside ? idInside(status.uid, 'user') : status.uid,
      gid: idInside ? idInside(status.gid, 'group') : status.gid,
      size: format === 0o100000 ? status.size : 0,
      modified: Math.round(status.mtimeMs),
    };
    if (format !== 0o120000) return entry;
    try {
      return { ...entry, target: entryName(readlinkSync(namedBytes(heldPath), 'buffer')) };
    } catch (error) {
      gaps.refused(path, error);
      return undefined;
    }
  }

  function enter({ held, path: parent }: Level, name: string, status: Stats): void {
    const path = parent + name;
    options.folder?.(path, status);
    if (status.dev !== device) return gaps.mounted(path);
    if (levels.length >= deepest) return gaps.tooDeep(path);
    try {
      levels.push(levelOf(hold(held.base + name), `${path}/`, status.size));
    } catch (error) {
      gaps.refused(path, error);
    }
  }
}

const kinds: ReadonlyMap<number, FileKind> = new Map([
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'symbolic-link'],
  [0o020000, 'device'],
  [0o060000, 'device'],
  [0o010000, 'pipe'],
  [0o140000, 'socket'],
]);

const nothing: FolderFile = {
  size: 0,
  read: () => Buffer.alloc(0),
  close: () => {},
  endedEarly: () => false,
  failure: () => undefined,
};

const onlyItsStatus = [
  { en: 'only its status lies here: its content is that of a layer below', zh: '此处只有文件状态，内容在下层' },
  { en: 'an engine without overlay metacopy', zh: '未启用 overlay metacopy 的引擎' },
] as const;

function levelOf(held: HeldFolder, path: string, size: number): Level {
  try {
    return size > largestList ? longLevel(held, path) : shortLevel(held, path);
  } catch (error) {
    held.close();
    throw error;
  }
}

function shortLevel(held: HeldFolder, path: string): Level {
  const names = namesOf(held.base);
  let index = 0;
  const next = () => {
    index += 1;
    return names[index - 1];
  };
  return { held, path, next, close: held.close };
}

/** Most folders have names of UTF-8 only: what is none shows as U+FFFD then, and the list is read again as bytes. */
function namesOf(base: string): string[] {
  const names = readdirSync(namedBytes(base));
  if (!names.some((name) => name.includes('\uFFFD'))) return names;
  return readdirSync(namedBytes(base), 'buffer').map((name) => entryName(name));
}

function longLevel(held: HeldFolder, path: string): Level {
  const folder = opendirSync(namedBytes(held.base), { encoding: 'buffer' as BufferEncoding, bufferSize: 1024 });
  return {
    held,
    path,
    next() {
      const entry = folder.readSync();
      return entry ? entryName(entry.name as unknown as Buffer) : undefined;
    },
    close() {
      folder.closeSync();
      held.close();
    },
  };
}

/** Shows one entry to a visitor, and of a file what it wants of it. What cannot be read becomes a gap. */
export function showEntry(
  visitor: LayerVisitor,
  entry: FileEntry,
  open: () => FolderFile,
  gaps: Pick<FolderGaps, 'refused' | 'changed'>,
): void {
  const interest = visitor.entry(entry);
  if (entry.kind !== 'file' || interest === 'skip') return;
  let file: FolderFile;
  try {
    file = open();
  } catch (error) {
    gaps.refused(entry.path, error);
    return;
  }
  try {
    if (interest === 'read' || visitor.head(entry, file.read(0, peekLength))) visitor.content(entry, file);
    if (file.endedEarly()) gaps.changed(entry.path);
  } catch (error) {
    if (error === undefined || error !== file.failure()) throw error;
    gaps.refused(entry.path, error);
  } finally {
    file.close();
  }
}

/**
 * Sees that a path leads through folders only, and not through a link.
 *
 * @throws the file system's error
 */
export function checkWay(root: string, path: string): void {
  let folder = holdFolder(root, true);
  try {
    for (const part of path === '' ? [] : path.split('/')) {
      if (part === '' || part === '.' || part === '..')
        throw Object.assign(new Error('no path inside'), { code: 'ENOENT' });
      const next = holdFolder(folder.base + part);
      folder.close();
      folder = next;
    }
  } finally {
    folder.close();
  }
}

/**
 * Opens a file below a root, one folder after the other, without following a link on the way.
 *
 * @param path as in entries
 * @throws the file system's error
 */
export function openBelow(root: string, path: string, scratch: Scratch): FolderFile {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  if (name === '' || [...parts, name].some((part) => part === '' || part === '.' || part === '..')) {
    throw Object.assign(new Error('no path inside'), { code: 'ENOENT' });
  }
  let folder = holdFolder(root, true);
  try {
    for (const part of parts) {
      const next = holdFolder(folder.base + part);
      folder.close();
      folder = next;
    }
    return openFolderFile(folder.base + name, scratch);
  } finally {
    folder.close();
  }
}
