import { DatabaseSync } from 'node:sqlite';
import { PlimsollError } from '../model/error.ts';
import { migrate } from './migrations.ts';

/** The layout of the tables, as `PRAGMA user_version` has it. Raised with any change of them; older ones are brought along by `migrate`. */
export const layoutVersion = 2;

/** How records are read. Raised when something else is made of the same record: then all of them are read again by the next import. */
export const readerVersion = 1;

const layout = `
  CREATE TABLE store (digest TEXT, reader INTEGER NOT NULL) STRICT;
  INSERT INTO store (digest, reader) VALUES (NULL, ${readerVersion});
  CREATE TABLE feed (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, digest TEXT NOT NULL, read INTEGER NOT NULL,
    newest INTEGER, records INTEGER NOT NULL, withdrawn INTEGER NOT NULL, aside INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE covered (feed TEXT NOT NULL, ecosystem TEXT NOT NULL, PRIMARY KEY (feed, ecosystem)) STRICT, WITHOUT ROWID;
  CREATE TABLE ecosystem (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE advisory (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, feed TEXT NOT NULL, modified INTEGER NOT NULL,
    state INTEGER NOT NULL, aliases TEXT, canonical TEXT, upstream TEXT, ratings INTEGER, texts BLOB NOT NULL, packages BLOB NOT NULL
  ) STRICT;
  CREATE TABLE rating (id INTEGER PRIMARY KEY, ratings TEXT NOT NULL) STRICT;
  CREATE TABLE package (
    ecosystem INTEGER NOT NULL, name TEXT NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (ecosystem, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE vendor_status (
    ecosystem INTEGER NOT NULL, name TEXT NOT NULL, statuses BLOB NOT NULL, PRIMARY KEY (ecosystem, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cve (id INTEGER PRIMARY KEY, ratings TEXT, exploited TEXT, probability REAL) STRICT;
  CREATE TABLE cve_text (id INTEGER PRIMARY KEY, texts BLOB NOT NULL) STRICT;
  CREATE TABLE aside (feed TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, example TEXT NOT NULL, PRIMARY KEY (feed, reason)) STRICT;
  PRAGMA user_version = ${layoutVersion};
`;

/** Bytes of the file that are read where they lie, without being copied. */
const mostMapped = 1024 ** 3;

/** What an advisory's row is, in `state`. */
export const advisoryStates = { inForce: 0, withdrawn: 1, gone: 2 } as const;

/**
 * Opens a store of advisories to read, or a copy of it to write.
 *
 * @param named - what errors call it: a copy is gone by then
 *
 * @throws PlimsollError for a file that is none, or one of a newer Plimsoll; to be read, one of an older Plimsoll too (see `bringAlong`)
 */
export function openAdvisoryDatabase(
  file: string,
  { writes, named = file }: { readonly writes: boolean; readonly named?: string },
): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // SQLite's defences would keep the journal on, without a word.
    database = new DatabaseSync(file, { readOnly: !writes, timeout: 5000, defensive: !writes });
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > layoutVersion) throw newer(named);
    if (writes) {
      // It is a copy, which is thrown away if anything goes wrong.
      database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;');
      if (version === 0) {
        if (hasTables(database)) throw noStore(named);
        database.exec(layout);
      }
    }
    if (!isStore(database)) throw noStore(named);
    if (writes) {
      if (version > 0) migrate(database, version);
    } else if (version < layoutVersion) {
      throw older(named);
    } else {
      // One transaction for all questions: to begin and end one for each takes longer than to answer it.
      database.exec(`PRAGMA mmap_size = ${mostMapped}; BEGIN`);
    }
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof PlimsollError) throw error;
    throw unreadableStore(named, error);
  }
}

/** Somebody else's: nothing is put into it. */
function hasTables(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}

function isStore(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'advisory'").get() !== undefined;
}

function newer(file: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    {
      en: `the store of advisories ${file} was written by a newer Plimsoll`,
      zh: `漏洞公告库 ${file} 由更新版本的 Plimsoll 写入`,
    },
    {
      en: 'Use that version, or name another folder with --data-folder.',
      zh: '请使用该版本，或用 --data-folder 指定其他文件夹。',
    },
  );
}

function older(file: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    {
      en: `the store of advisories ${file} was written by an older Plimsoll`,
      zh: `漏洞公告库 ${file} 由旧版本的 Plimsoll 写入`,
    },
    {
      en: 'Any import brings it along: plimsoll feeds import FOLDER',
      zh: '任何一次导入都会将其升级：plimsoll feeds import FOLDER',
    },
  );
}

function noStore(file: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${file} is no store of advisories`, zh: `${file} 不是漏洞公告库` },
    { en: 'Name another folder with --data-folder.', zh: '请用 --data-folder 指定其他文件夹。' },
  );
}

/**
 * Reads something in an opened store, in which nothing but the store is to blame for what goes wrong: most of a file is looked at only when it is
 * asked.
 *
 * @throws PlimsollError for a damaged store
 */
export function readingStore<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof PlimsollError ? error : unreadableStore(file, error);
  }
}

/** For a store that proved damaged, or not to be one. */
export function unreadableStore(file: string, error: unknown): PlimsollError {
  const why = (error as Error).message;
  return new PlimsollError(
    'file-unreadable',
    { en: `the store of advisories ${file} cannot be used: ${why}`, zh: `漏洞公告库 ${file} 无法使用：${why}` },
    {
      en: 'Move it away and fetch the advisories again: plimsoll feeds update; or import them: plimsoll feeds import FOLDER',
      zh: '请将其移走，然后重新获取公告：plimsoll feeds update；或导入：plimsoll feeds import FOLDER',
    },
  );
}
