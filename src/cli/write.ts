import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { PlimsollError } from '../model/error.ts';
import { isFullDisk } from '../model/full-disk.ts';
import type { Text } from '../model/text.ts';

/** Writes a document to standard output, or to a file: whole, or not at all. */
export function writeDocument(text: string, file: string | undefined): Promise<void> {
  if (file !== undefined) return Promise.resolve(writeWhole(file, text, `--output ${file}`));
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      // Whoever reads has seen enough: `plimsoll audit | head`.
      if (!error || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(unwritable('standard output', '标准输出', error, undefined));
    });
  });
}

/**
 * Says what `writeDocument` would, as far as that can be known before there is anything to write.
 *
 * @throws PlimsollError where the file cannot be written
 */
export function requirePlace(file: string | undefined): void {
  if (file === undefined) return;
  try {
    const { target, before } = placeOf(file);
    if (before?.isDirectory()) throw noFile(before);
    if (!before || before.isFile()) accessSync(dirname(target), constants.W_OK);
  } catch (error) {
    const name = `--output ${file}`;
    throw unwritable(name, name, error, otherFile);
  }
}

/** Puts a text in the place of a file's content: whole, or not at all. `name` is what an error calls it. */
export function writeWhole(file: string, text: string, name = file): void {
  let temporary: string | undefined;
  try {
    const { target, before } = placeOf(file);
    // A device or a pipe is written to; only a file can be put in the place of another.
    if (before && !before.isFile()) {
      writeFileSync(target, text);
      return;
    }
    temporary = temporaryName(target);
    writeFileSync(temporary, text, { flag: 'wx', mode: before ? before.mode & 0o777 : 0o666 });
    putInPlace(temporary, target, before);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw unwritable(name, name, error, otherFile);
  }
}

/**
 * Makes a file in the place of another: whole, or not at all.
 *
 * @param make - is given the name of a new file to write
 * @throws PlimsollError where it cannot be written; whatever `make` throws that is none of the file system or of SQLite
 */
export async function makeWhole<T>(
  file: string,
  make: (temporary: string) => Promise<T>,
): Promise<{ readonly bytes: number; readonly result: T }> {
  let temporary: string | undefined;
  try {
    const { target, before } = placeOf(file);
    if (before && !before.isFile()) throw noFile(before);
    // Not every writer says as clearly that there is no such folder.
    accessSync(dirname(target), constants.W_OK);
    temporary = temporaryName(target);
    const result = await make(temporary);
    const { size: bytes } = statSync(temporary);
    putInPlace(temporary, target, before);
    return { bytes, result };
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    if (error instanceof PlimsollError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw isFullDisk(error) ? noRoom(file) : unwritable(file, file, error, otherFile);
  }
}

/** What is written here and there needs a file, and no pipe. */
function noFile(before: Stats): Error {
  return Object.assign(new Error('no regular file'), { code: before.isDirectory() ? 'EISDIR' : 'ESPIPE' });
}

interface Place {
  /** Where a link leads. */
  readonly target: string;
  readonly before: Stats | undefined;
}

/** Whoever may write in a folder may replace what is in it, but a file that is read-only is meant to stay. */
function placeOf(file: string): Place {
  const target = existsSync(file) ? realpathSync(file) : file;
  const before = statSync(target, { throwIfNoEntry: false });
  if (before?.isFile()) accessSync(target, constants.W_OK);
  return { target, before };
}

/** Unique enough: a file of this name that is there already is an error, and not overwritten. */
function temporaryName(target: string): string {
  return `${target}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
}

function putInPlace(temporary: string, target: string, before: Stats | undefined): void {
  if (before) takeOver(temporary, before);
  renameSync(temporary, target);
}

/** Throws as `writeWhole` would, before anything is written. */
export function checkWritable(file: string): void {
  try {
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw unwritable(file, file, error, writableFile);
  }
}

/** The owner and the mode of the file that is replaced, as far as the user may give them. */
function takeOver(file: string, { mode, uid, gid }: Stats): void {
  try {
    chownSync(file, uid, gid);
  } catch {
    // Only root gives files away.
  }
  chmodSync(file, mode & 0o7777);
}

const writableFile = {
  en: 'Nothing was written. Make it writable, or run with --dry-run.',
  zh: '未写入任何文件。请使其可写，或加上 --dry-run 运行。',
};
const otherFile = {
  en: 'Name a file in a folder that exists and may be written.',
  zh: '请指定位于已存在且可写目录中的文件。',
};

function noRoom(file: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `no room is left for ${file}`, zh: `磁盘空间不足，无法写入 ${file}` },
    { en: 'Nothing was written. Make room, or name another file.', zh: '未写入任何内容。请腾出空间或指定其他文件。' },
  );
}

function unwritable(en: string, zh: string, error: unknown, advice: Text | undefined): PlimsollError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  // SQLite says it in words.
  const why = code.startsWith('ERR_') ? message : code;
  const text = { en: `${en} cannot be written: ${why}`, zh: `${zh} 无法写入：${why}` };
  return new PlimsollError('file-unreadable', text, advice);
}
