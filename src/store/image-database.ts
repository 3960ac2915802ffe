import { closeSync, constants, lstatSync, mkdirSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PlimsollError } from '../model/error.ts';
import type { Text } from '../model/text.ts';
import { imageFile } from './image-file.ts';
import { inTransaction } from './transaction.ts';

/** The layout of the tables, as `PRAGMA user_version` has it. Raised with any change of them; older ones must then be brought along. */
const layoutVersion = 1;

/**
 * Images refer to packages and to what is known of them by number, since most of both is shared: `packages` and `states` are lists of
 * numbers in the same order (see `number-list.ts`). Of a state the lowest bit says that a package of the system speaks for the package.
 *
 * `data` names the advisories that `states` come from, and is NULL where there were none; `newest` and `read` are those that the image
 * was last held against, as it is scanned again before its changes are told.
 */
const layout = `
  CREATE TABLE image (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, names TEXT NOT NULL, digests TEXT NOT NULL, platform TEXT, distribution TEXT,
    complete INTEGER NOT NULL, ecosystems TEXT NOT NULL, scanned INTEGER NOT NULL, matched INTEGER, newest INTEGER, read INTEGER,
    data TEXT, packages BLOB NOT NULL, states BLOB NOT NULL
  ) STRICT;
  CREATE INDEX image_by_scan ON image (scanned);
  CREATE TABLE package (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, content TEXT NOT NULL) STRICT;
  CREATE TABLE state (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, content TEXT NOT NULL) STRICT;
  CREATE TABLE message (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, found INTEGER NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL
  ) STRICT;
  CREATE INDEX message_by_time ON message (found, size);
  CREATE TABLE receiver (number INTEGER PRIMARY KEY, address BLOB NOT NULL UNIQUE, after INTEGER NOT NULL) STRICT;
  CREATE TABLE delivery (
    receiver INTEGER NOT NULL, message INTEGER NOT NULL, delivered INTEGER NOT NULL, PRIMARY KEY (receiver, message)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${layoutVersion};
`;

/** Milliseconds for which another process is waited for. */
const patience = 10_000;

/**
 * Opens what is remembered of images, to be written to, and makes it where it is not there. Several processes may have it open.
 *
 * @throws PlimsollError for a file that is none, is damaged, belongs to somebody else or is of a newer Plimsoll: it is left as it is
 */
export function openImages(folder: string): DatabaseSync {
  const file = imageFile(folder);
  return opened(
    file,
    () => {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      // What somebody runs is nobody else's business. A link is not followed.
      closeSync(openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600));
      requireOwn(file);
      return new DatabaseSync(file, { timeout: patience });
    },
    (database) => {
      // Others read while one writes. A commit may be lost with the machine's power, but nothing is torn.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      layOut(database);
    },
  );
}

/**
 * Opens what is remembered of images, which is there, to read only.
 *
 * @throws PlimsollError as `openImages`
 */
export function readImages(folder: string): DatabaseSync {
  const file = imageFile(folder);
  return opened(file, () => {
    requireOwn(file);
    return new DatabaseSync(file, { readOnly: true, timeout: patience });
  });
}

/** @param prepare - done to what is our own, or is empty */
function opened(file: string, open: () => DatabaseSync, prepare?: (database: DatabaseSync) => void): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = open();
    const version = versionOf(database);
    if (version > layoutVersion) throw imagesError(file, newer, useNewer);
    if (version === 0 ? hasTables(database) : !hasTables(database, 'image'))
      throw imagesError(file, noImages, moveAway);
    prepare?.(database);
    if (versionOf(database) === 0) throw imagesError(file, noImages, moveAway);
    return database;
  } catch (error) {
    database?.close();
    throw troubleWith(file, error);
  }
}

/** Of several processes that find it empty one lays it out. */
function layOut(database: DatabaseSync): void {
  if (versionOf(database) > 0) return;
  inTransaction(database, () => {
    if (versionOf(database) === 0) database.exec(layout);
  });
}

function versionOf(database: DatabaseSync): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

/** Whether there is this table; any at all, where none is named. */
function hasTables(database: DatabaseSync, name?: string): boolean {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return name === undefined ? tables.length > 0 : tables.some((each) => each['name'] === name);
}

/** Who can write it can say that an image was scanned, or is clean. */
function requireOwn(file: string): void {
  const { uid, mode } = lstatSync(file);
  const isForeign = uid !== 0 && uid !== process.geteuid?.();
  if (isForeign || (mode & 0o022) !== 0) throw imagesError(file, foreign, moveAway);
}

/** An error with SQLite or the file system in words; one that is in words stays. */
export function troubleWith(file: string, error: unknown): PlimsollError {
  if (error instanceof PlimsollError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code !== undefined && !code.startsWith('ERR_') ? code : message;
  return imagesError(file, { en: why, zh: why }, moveAway);
}

function imagesError(file: string, why: Text, advice: Text): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    {
      en: `what is remembered of images in ${file} cannot be used: ${why.en}`,
      zh: `无法使用 ${file} 中的镜像记录：${why.zh}`,
    },
    advice,
  );
}

const newer: Text = { en: 'a newer Plimsoll wrote it', zh: '由更新版本的 Plimsoll 写入' };
const useNewer: Text = {
  en: 'Use that version, or name another folder with --data-folder.',
  zh: '请使用该版本，或用 --data-folder 指定其他文件夹。',
};
const noImages: Text = { en: 'it is something else', zh: '该文件不是镜像记录' };
const foreign: Text = {
  en: 'it belongs to another user, or others may write to it',
  zh: '该文件属于其他用户，或其他用户可写',
};
const moveAway: Text = {
  en: 'See that it can be written, or move it away: it is made anew by the next scans.',
  zh: '请确认其可写，或将其移走：之后的扫描会重新建立。',
};
