import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError } from '../model/error.ts';
import { troubleWith } from './image-database.ts';
import { imageFile } from './image-file.ts';
import { lockFile } from './lock-file.ts';

/** Milliseconds for which another process is waited for. */
const patience = 5000;

/**
 * One process at a time compares images and sends what it found: of two, both would send the same.
 *
 * @throws PlimsollError where another process is at it, or the folder cannot be written
 */
export function alone(folder: string): Disposable {
  const lock = takeLock(folder);
  if (!lock) throw busy(folder);
  return lock;
}

function takeLock(folder: string): Disposable | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return lockFile(join(folder, 'changes.lock'), patience);
  } catch (error) {
    throw troubleWith(imageFile(folder), error);
  }
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
