import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileContent } from '../model/plan.ts';
import { systemProgram } from '../sources/host/system-program.ts';
import type { Checkpoint } from './step-kind.ts';

/** Where the new content is written before it takes the file's place: one fix runs at a time, so one name will do. */
function placeBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.plimsoll`);
}

/**
 * Puts a file in place, or a new content in the place of the old, in one step: whoever looks sees the old file or the
 * new one, also after a loss of power. Mode and owner are those given; extended attributes (access lists, the SELinux
 * label) are those of the file that was there, as far as `cp` can copy them. Throws the file system's error, and then
 * the old file is untouched.
 */
export function replaceFile(path: string, { bytes, access }: FileContent, checkpoint: Checkpoint): void {
  const beside = placeBeside(path);
  removeLeftovers(path);
  try {
    const descriptor = openSync(beside, 'wx', 0o600);
    try {
      const content = Buffer.from(bytes, 'base64');
      const half = content.length >> 1;
      writeWhole(descriptor, content.subarray(0, half));
      checkpoint('half of the file is written');
      writeWhole(descriptor, content.subarray(half));
      if (isThere(path)) copyAttributes(path, beside);
      // The owner first: a change of owner clears set-id bits.
      fchownSync(descriptor, access.uid, access.gid);
      fchmodSync(descriptor, access.mode);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    checkpoint('the file is written beside its place');
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  checkpoint('the file is in its place');
  syncFolder(dirname(path));
}

/** Takes away what a fix that was killed has left beside a file. */
export function removeLeftovers(path: string): void {
  rmSync(placeBeside(path), { force: true });
}

/** Takes a file away, if it is there. */
export function removeFile(path: string): void {
  removeLeftovers(path);
  if (!isThere(path)) return;
  unlinkSync(path);
  syncFolder(dirname(path));
}

export function makeFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    syncFolder(dirname(folder));
  }
}

/** Takes folders away, innermost first, unless something has come to be in them. */
export function removeFolders(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

function writeWhole(descriptor: number, content: Buffer): void {
  let written = 0;
  while (written < content.length) written += writeSync(descriptor, content, written);
}

/** Node cannot copy extended attributes. A `cp` that does not know these options has none to copy on most systems. */
function copyAttributes(from: string, to: string): void {
  const program = systemProgram('cp');
  if (program === undefined) return;
  try {
    execFileSync(program, ['--attributes-only', '--preserve=all', '--no-dereference', '--', from, to], {
      stdio: 'ignore',
      timeout: 5000,
    });
  } catch {
    // BusyBox's has no such options.
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
