import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import type { FileRange } from './blob-store.ts';

/** A file without a name, for what a stream brings and is wanted as a whole. The system takes it back even from a process that is killed. */
export interface Spool {
  readonly write: (bytes: Buffer) => void;
  /** Empties it. */
  readonly clear: () => void;
  readonly range: () => FileRange;
  readonly close: () => void;
}

/** Bytes that are left to others on the disk, and after how many written bytes that is looked at. */
const leftToOthers = 256 * 1024 ** 2;
const lookedAtEvery = 64 * 1024 ** 2;

/**
 * Opens one in a folder, which is made where it is missing. Nobody else may read it.
 *
 * @throws PlimsollError where the folder cannot be written to; the file system's error later
 */
export function openSpool(folder: string): Spool {
  const descriptor = openUnnamed(folder);
  let size = 0;
  let nextLook = 0;
  return {
    write: (bytes) => {
      if (size + bytes.length > nextLook) {
        checkRoom(folder);
        nextLook = size + lookedAtEvery;
      }
      for (let done = 0; done < bytes.length;)
        done += writeSync(descriptor, bytes, done, bytes.length - done, size + done);
      size += bytes.length;
    },
    clear: () => {
      ftruncateSync(descriptor, 0);
      size = 0;
      nextLook = 0;
    },
    range: () => ({ descriptor, start: 0, size }),
    close: () => closeSync(descriptor),
  };
}

function checkRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= leftToOthers) return;
  throw Object.assign(new Error('little room is left on the disk'), { code: 'ENOSPC', syscall: 'write' });
}

function openUnnamed(folder: string): number {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${randomBytes(12).toString('hex')}.part`);
    const descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return descriptor;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new PlimsollError(
      'file-unreadable',
      { en: `the cache ${folder} cannot be written to: ${code}`, zh: `缓存文件夹 ${folder} 无法写入：${code}` },
      {
        en: 'What is compressed must be put down while it is read: name a folder that may be written with --cache-folder.',
        zh: '读取压缩内容时需要暂存，请用 --cache-folder 指定可写的文件夹。',
      },
    );
  }
}
