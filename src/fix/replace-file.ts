import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { FileContent } from '../model/plan.ts';
import { systemProgram } from '../sources/host/system-program.ts';
import { inFolderOf, type Place } from './safe-place.ts';
import type { Checkpoint } from './step-kind.ts';

/** Where the new content is written before it takes the file's place: one fix runs at a time, so one name will do. */
function placeBeside({ at, name }: Place): string {
  return at(`.${name}.plimsoll`);
}

/**
 * Puts a file in place, or a new content in the place of the old, in one step: whoever looks sees the old file or the
 * new one, also after a loss of power. Mode and owner are those given; extended attributes (access lists, the SELinux
 * label) are those of the file that was there, as far as `cp` can copy them. Throws an ActionError with the file
 * system's reason, and then the old file is untouched.
 */
export function replaceFile(path: string, { bytes, access }: FileContent, checkpoint: Checkpoint): void {
  inFolderOf(path, (place) => {
    const beside = placeBeside(place);
    removeIfThere(beside);
    try {
      const descriptor = openSync(beside, 'wx', 0o600);
      try {
        const content = Buffer.from(bytes, 'base64');
        const half = content.length >> 1;
        writeWhole(descriptor, content.subarray(0, half));
        checkpoint('half of the file is written');
        writeWhole(descriptor, content.subarray(half));
        copyAttributes(place.at(place.name), descriptor);
        // The owner first: a change of owner clears set-id bits.
        fchownSync(descriptor, access.uid, access.gid);
        fchmodSync(descriptor, access.mode);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      checkpoint('the file is written beside its place');
      renameSync(beside, place.at(place.name));
    } catch (error) {
      removeIfThere(beside);
      throw error;
    }
    checkpoint('the file is in its place');
    syncFolder(place);
  });
}

/** Takes away what a fix that was killed has left beside a file. */
export function removeLeftovers(path: string): void {
  inFolderIfThere(path, (place) => removeIfThere(placeBeside(place)));
}

/** Takes a file away, if it is there. */
export function removeFile(path: string): void {
  inFolderIfThere(path, (place) => {
    removeIfThere(placeBeside(place));
    if (removeIfThere(place.at(place.name))) syncFolder(place);
  });
}

/** Makes folders, outermost first, unless they are there. */
export function makeFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    inFolderOf(folder, (place) => {
      const path = place.at(place.name);
      if (lstatSync(path, { throwIfNoEntry: false })) return;
      mkdirSync(path, 0o755);
      syncFolder(place);
    });
  }
}

/** Takes folders away, innermost first, unless something has come to be in them. */
export function removeFolders(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      inFolderOf(folder, ({ at, name }) => rmdirSync(at(name)));
    } catch {
      return;
    }
  }
}

/** Where a folder on the way is missing, there is nothing in it. */
function inFolderIfThere(path: string, use: (place: Place) => void): void {
  try {
    inFolderOf(path, use);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Looks first: of a read-only file system not even what is not there can be taken away. */
function removeIfThere(path: string): boolean {
  if (!lstatSync(path, { throwIfNoEntry: false })) return false;
  unlinkSync(path);
  return true;
}

function writeWhole(descriptor: number, content: Buffer): void {
  let written = 0;
  while (written < content.length) written += writeSync(descriptor, content, written);
}

/**
 * Node cannot copy extended attributes. A `cp` that does not know these options has none to copy on most systems. It is
 * handed both files open: by their names, somebody who may rename them would have it change another file.
 */
function copyAttributes(from: string, descriptor: number): void {
  const program = systemProgram('cp');
  if (program === undefined || !lstatSync(from, { throwIfNoEntry: false })?.isFile()) return;
  const source = openSync(from, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    execFileSync(program, [...preserving, '--', '/proc/self/fd/3', '/proc/self/fd/4'], {
      stdio: ['ignore', 'ignore', 'ignore', source, descriptor],
      timeout: 5000,
    });
  } catch {
    // BusyBox's has no such options.
  } finally {
    closeSync(source);
  }
}

/** Not the times: whoever compares them would take the new content for the old. */
const preserving = ['--attributes-only', '--preserve=all', '--no-preserve=timestamps'];

function syncFolder({ at }: Place): void {
  const descriptor = openSync(at('.'), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
