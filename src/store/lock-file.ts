import { DatabaseSync } from 'node:sqlite';

const locked = 5;

/**
 * Keeps other processes away: the file system's own lock on an empty database, which goes away with whoever holds it, however that ends.
 *
 * @param patience - milliseconds for which another process is waited for
 * @returns `undefined` where another process holds it
 * @throws the file system's errors and SQLite's where it cannot be taken at all
 */
export function lockFile(file: string, patience: number): Disposable | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: patience });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: number }).errcode === locked) return undefined;
    throw error;
  }
  const held = lock;
  return { [Symbol.dispose]: () => held.close() };
}
