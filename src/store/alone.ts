import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlimsollError } from '../model/error.ts';
import { troubleWith } from './image-database.ts';
import { imageFile } from './image-file.ts';

/** Milliseconds for which another process is waited for. */
const patience = 5000;
const locked = 5;

/**
 * One process at a time compares images and sends what it found: of two, both would send the same. The lock goes away with whoever holds
 * it, however that ends.
 *
 * @throws PlimsollError where another process is at it, or the folder cannot be written
 */
export function alone(folder: string): Disposable {
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    lock = new DatabaseSync(join(folder, 'changes.lock'), { timeout: patience });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    throw (error as { errcode?: number }).errcode === locked ? busy(folder) : troubleWith(imageFile(folder), error);
  }
  const held = lock;
  return { [Symbol.dispose]: () => held.close() };
}

function busy(folder: string): PlimsollError {
  return new PlimsollError(
    'feeds-busy',
    {
      en: `another process looks for changes in ${folder}, or tells of them`,
      zh: `另一进程正在 ${folder} 中比较或通知变化`,
    },
    { en: 'Wait until it has ended.', zh: '请等待其结束。' },
  );
}
