import { chmodSync, closeSync, mkdirSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { isDamagedDatabase } from '../model/damaged-database.ts';
import { PlimsollError } from '../model/error.ts';
import type { Text } from '../model/text.ts';
import { isOwnFolder } from './own-folder.ts';
import { packJson, unpackJson } from './packed-json.ts';

/**
 * What was found in layers and images, kept by their digests and by who looked. It only spares work: whatever is wrong with it, a
 * scan goes on without.
 */
export interface ScanStore {
  /** What is kept under these keys; the others are not in the answer. */
  readonly get: (keys: readonly string[]) => ReadonlyMap<string, object>;
  /** Keeps plain JSON. What was not used for the longest time makes room. */
  readonly put: (entries: ReadonlyMap<string, object>) => void;
  readonly close: () => void;
}

export interface ScanStoreOptions {
  /** Made when it is not there; only its owner may enter it. */
  readonly folder: string;
  /** Bytes that all entries together may have. */
  readonly limit?: number;
  /** Told once why the store is of no use. */
  readonly onTrouble?: (why: Text) => void;
}

export const usualStoreLimit = 512 * 1024 ** 2;

/** Named after the layout of its tables and entries: an older Plimsoll keeps its own file, and neither spoils the other's. */
const fileName = 'scans-3.sqlite';

/** Pages in memory help nobody: entries are written once, and read once. KiB. */
const pageCache = 256;

const layout = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA cache_size = -${pageCache};
  CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS entry_by_use ON entry (used, size);
`;

/** What one entry may grow to when it is read again, bytes. */
const largestEntry = 256 * 1024 ** 2;

/** A file that cannot be used is not an error: the store then keeps nothing and knows nothing. */
export function openScanStore({ folder, limit = usualStoreLimit, onTrouble }: ScanStoreOptions): ScanStore {
  let database: DatabaseSync | undefined;
  const give = (error: unknown) => {
    onTrouble?.(troubleOf(folder, error));
    database?.close();
    database = undefined;
    // What is damaged stays so, and would be in the way of every scan to come.
    if (isDamagedDatabase(error)) removeFiles(folder);
  };
  try {
    database = openDatabase(folder);
  } catch (error) {
    give(error);
  }
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string, from: DatabaseSync) => {
    const statement = statements.get(sql) ?? from.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    get(keys) {
      const found = new Map<string, object>();
      if (!database) return found;
      try {
        const select = prepared('SELECT data FROM entry WHERE key = ?', database);
        for (const key of keys) {
          const row = select.get(key) as { data: Uint8Array } | undefined;
          const value = row ? unpack(row.data) : undefined;
          if (value) found.set(key, value);
        }
        touch(database, prepared('UPDATE entry SET used = ? WHERE key = ? AND used < ?', database), found);
      } catch (error) {
        give(error);
      }
      return found;
    },
    put(entries) {
      if (!database || entries.size === 0) return;
      try {
        database.exec('BEGIN IMMEDIATE');
        const insert = prepared('INSERT OR REPLACE INTO entry (key, used, size, data) VALUES (?, ?, ?, ?)', database);
        for (const [key, value] of entries) {
          const data = packJson(value);
          insert.run(key, Date.now(), data.length, data);
        }
        makeRoom(database, limit);
        database.exec('COMMIT');
      } catch (error) {
        give(error);
      }
    },
    close() {
      database?.close();
      database = undefined;
    },
  };
}

/**
 * Forgets everything that was kept.
 *
 * @throws PlimsollError where it cannot be removed
 */
export function clearScanStore(folder: string): void {
  try {
    removeFiles(folder);
  } catch (error) {
    throw new PlimsollError('file-unreadable', {
      en: `the cache ${folder} cannot be cleared: ${codeOf(error)}`,
      zh: `缓存文件夹 ${folder} 无法清除：${codeOf(error)}`,
    });
  }
}

function removeFiles(folder: string): void {
  for (const ending of ['', '-wal', '-shm']) {
    try {
      // `rmSync` gives no code for a file system that may only be read.
      unlinkSync(join(folder, fileName + ending));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isOwnFolder(folder)) throw new UnsafeFolderError();
  const path = join(folder, fileName);
  // Listings of images are nobody else's business.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  try {
    return withLayout(path);
  } catch (error) {
    if (!isDamagedDatabase(error)) throw error;
    removeFiles(folder);
    return withLayout(path);
  }
}

function withLayout(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    database.exec(layout);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

class UnsafeFolderError extends Error {}

const hour = 3_600_000;

/** When something was used last is noted to the hour: who only reads need not write each time. */
function touch(database: DatabaseSync, update: StatementSync, found: ReadonlyMap<string, object>): void {
  if (found.size === 0) return;
  const now = Date.now();
  const { oldest } = database
    .prepare(`SELECT min(used) AS oldest FROM entry WHERE key IN (${[...found.keys()].map(() => '?').join(',')})`)
    .get(...found.keys()) as { oldest: number };
  if (oldest > now - hour) return;
  for (const key of found.keys()) update.run(now, key, now - hour);
}

/** To four fifths of what there may be, so that not every scan has to. */
function makeRoom(database: DatabaseSync, limit: number): void {
  const { total } = database.prepare('SELECT coalesce(sum(size), 0) AS total FROM entry').get() as { total: number };
  if (total <= limit) return;
  let over = total - limit * 0.8;
  const oldest = database.prepare('SELECT key, size FROM entry ORDER BY used, key').iterate();
  const leaving: string[] = [];
  for (const { key, size } of oldest as Iterable<{ key: string; size: number }>) {
    if (over <= 0) break;
    leaving.push(key);
    over -= size;
  }
  const remove = database.prepare('DELETE FROM entry WHERE key = ?');
  for (const key of leaving) remove.run(key);
}

/** What cannot be read is as if it were not there. */
function unpack(data: Uint8Array): object | undefined {
  try {
    return unpackJson(data, largestEntry);
  } catch {
    return undefined;
  }
}

function troubleOf(folder: string, error: unknown): Text {
  if (error instanceof UnsafeFolderError) {
    return {
      en: `the cache ${folder} belongs to somebody else, or others may write to it: it is not used`,
      zh: `缓存文件夹 ${folder} 属于其他用户，或其他用户可写，因此不予使用`,
    };
  }
  const why = codeOf(error);
  return { en: `the cache ${folder} cannot be used: ${why}`, zh: `缓存文件夹 ${folder} 无法使用：${why}` };
}

/** `EROFS`; SQLite says it in words. */
function codeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code !== undefined && !code.startsWith('ERR_') ? code : message;
}
