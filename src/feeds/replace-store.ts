import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDamagedDatabase } from '../model/damaged-database.ts';
import { PlimsollError } from '../model/error.ts';
import { isFullDisk } from '../model/full-disk.ts';
import { lockFile } from '../store/lock-file.ts';
import { unreadableStore } from './advisory-database.ts';
import { storeFile } from './store-file.ts';

/** The store of a folder while nobody else may change it. */
export interface HeldStore extends Disposable {
  /**
   * Changes the store: the change is made to a copy, which takes its place when all went well. Whatever happens on the way, the old
   * one stays in use.
   *
   * @throws PlimsollError where there is no room, and whatever `change` throws
   */
  readonly replace: <T>(change: (copy: string) => Promise<T>) => Promise<T>;
}

/**
 * Changes the store of a folder, as `HeldStore` does. One at a time changes it.
 *
 * @throws PlimsollError where another process is at it, or the folder cannot be written; whatever `change` throws
 */
export async function replaceStore<T>(folder: string, change: (copy: string) => Promise<T>): Promise<T> {
  using store = holdStore(folder);
  return await store.replace(change);
}

/**
 * Keeps others from changing the store until it is disposed of.
 *
 * @throws PlimsollError where another process is at it, or the folder cannot be written
 */
export function holdStore(folder: string): HeldStore {
  const lock = takeLock(folder);
  if (!lock) throw busy(folder);
  return { replace: (change) => replaceHeld(folder, change), [Symbol.dispose]: () => lock[Symbol.dispose]() };
}

function takeLock(folder: string): Disposable | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return lockFile(join(folder, 'advisories.lock'), 0);
  } catch (error) {
    throw notWritable(folder, error);
  }
}

async function replaceHeld<T>(folder: string, change: (copy: string) => Promise<T>): Promise<T> {
  const file = storeFile(folder);
  const copy = `${file}.new`;
  const remove = () => {
    // SQLite would take what a journal has for pages of whatever file is beside it.
    for (const each of [copy, `${copy}-journal`]) rmSync(each, { force: true });
  };
  try {
    // Of one who was stopped in the middle.
    remove();
    if (existsSync(file)) copyStore(folder, file, copy);
    const result = await change(copy);
    const descriptor = openSync(copy, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(copy, file);
    return result;
  } catch (error) {
    if (isFullDisk(error)) throw noRoom(folder);
    if (isDamagedDatabase(error)) throw unreadableStore(file, error);
    // To take the lock it is enough to be able to read it.
    const { path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
    throw path === copy || dest === copy ? notWritable(folder, error) : error;
  } finally {
    remove();
  }
}

/** Who may lock the folder may not write it, as where somebody else's store is asked. */
function copyStore(folder: string, file: string, copy: string): void {
  try {
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
  } catch (error) {
    throw isFullDisk(error) ? error : notWritable(folder, error);
  }
}

function busy(folder: string): PlimsollError {
  return new PlimsollError(
    'feeds-busy',
    { en: `another process changes the advisories in ${folder}`, zh: `另一进程正在更改 ${folder} 中的公告` },
    { en: 'Wait until it has ended.', zh: '请等待其结束。' },
  );
}

function notWritable(folder: string, error: unknown): PlimsollError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const why = code.startsWith('ERR_') ? message : code;
  return new PlimsollError(
    'file-unreadable',
    { en: `the folder ${folder} cannot be written: ${why}`, zh: `无法写入文件夹 ${folder}：${why}` },
    { en: 'Name another one with --data-folder.', zh: '请用 --data-folder 指定其他文件夹。' },
  );
}

function noRoom(folder: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `no room is left for the advisories in ${folder}`, zh: `${folder} 所在磁盘空间不足，无法存放公告` },
    {
      en: 'What was there before is still in use. Make room, or name another folder with --data-folder.',
      zh: '原有数据仍在使用。请腾出空间，或用 --data-folder 指定其他文件夹。',
    },
  );
}
