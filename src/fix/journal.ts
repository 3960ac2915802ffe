import { closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlimsollError } from '../model/error.ts';
import type { Action } from '../model/plan.ts';
import type { DaemonStart } from './daemon-start.ts';

/** Where an action stands. `begun` and `undoing` are seen only after a fix was killed. */
export type ActionState = 'planned' | 'begun' | 'done' | 'failed' | 'undoing' | 'undone';

export interface RunRecord {
  readonly id: string;
  /** ISO 8601. */
  readonly started: string;
  /** The user who ran it, as `sudo` tells it: `alice (root)`. */
  readonly who: string;
  /** How the daemon was started, as long as it may have to be started again. */
  readonly daemon?: DaemonStart;
  readonly actions: readonly ActionRecord[];
}

export interface ActionRecord {
  readonly action: Action;
  readonly state: ActionState;
  /** Why it failed. */
  readonly reason?: string;
}

/**
 * What every fix was about to do, written before it was done. One process at a time may hold it: the lock is the
 * file's own, so that it ends with the process.
 */
export interface Journal {
  runs(): readonly RunRecord[];
  begin(run: Omit<RunRecord, 'actions'>, actions: readonly Action[]): void;
  /** Written to disk before it returns. */
  mark(run: string, position: number, state: ActionState, reason?: string): void;
  /** Forgets how the daemon was started: that may hold what was given to it in confidence. */
  forgetDaemon(run: string): void;
  close(): void;
}

export const defaultStateFolder = '/var/lib/plimsoll';

const schema = `
  CREATE TABLE IF NOT EXISTS run (id TEXT PRIMARY KEY, started TEXT NOT NULL, who TEXT NOT NULL, daemon TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS action (
    run TEXT NOT NULL REFERENCES run(id),
    position INTEGER NOT NULL,
    action TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (run, position)
  ) STRICT;
`;

/** The journal in a folder that only its owner may enter: it holds whole files, which may hold secrets. */
export function openJournal(folder = defaultStateFolder): Journal {
  const path = join(folder, 'fixes.sqlite');
  const database = openDatabase(folder, path);
  const runs = database.prepare('SELECT id, started, who, daemon FROM run ORDER BY started, id');
  const actions = database.prepare('SELECT action, state, reason FROM action WHERE run = ? ORDER BY position');
  const addRun = database.prepare('INSERT INTO run (id, started, who, daemon) VALUES (?, ?, ?, ?)');
  const addAction = database.prepare("INSERT INTO action (run, position, action, state) VALUES (?, ?, ?, 'planned')");
  const setState = database.prepare('UPDATE action SET state = ?, reason = ? WHERE run = ? AND position = ?');
  const forget = database.prepare('UPDATE run SET daemon = NULL WHERE id = ?');
  return {
    runs: () =>
      (runs.all() as unknown as RunRow[]).map(({ id, started, who, daemon }) => ({
        id,
        started,
        who,
        ...(daemon === null ? {} : { daemon: JSON.parse(daemon) as DaemonStart }),
        actions: (actions.all(id) as unknown as ActionRow[]).map(actionRecord),
      })),
    begin({ id, started, who, daemon }, planned) {
      database.exec('BEGIN');
      addRun.run(id, started, who, daemon === undefined ? null : JSON.stringify(daemon));
      planned.forEach((action, position) => addAction.run(id, position, JSON.stringify(action)));
      database.exec('COMMIT');
    },
    mark: (run, position, state, reason) => void setState.run(state, reason ?? null, run, position),
    forgetDaemon: (run) => void forget.run(run),
    close: () => database.close(),
  };
}

/** Whether there is a journal at all: nobody should need to be root to hear that nothing was ever fixed. */
export function hasJournal(folder = defaultStateFolder): boolean {
  return existsSync(join(folder, 'fixes.sqlite'));
}

interface RunRow {
  readonly id: string;
  readonly started: string;
  readonly who: string;
  readonly daemon: string | null;
}

interface ActionRow {
  readonly action: string;
  readonly state: string;
  readonly reason: string | null;
}

function actionRecord({ action, state, reason }: ActionRow): ActionRecord {
  return {
    action: JSON.parse(action) as Action,
    state: state as ActionState,
    ...(reason === null ? {} : { reason }),
  };
}

function openDatabase(folder: string, path: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // SQLite gives its own side files the mode of this one. A link is not followed.
    closeSync(openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600));
    const database = new DatabaseSync(path);
    // Once written to, the file stays locked for others until this process ends, however it ends.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE;');
    database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    return database;
  } catch (error) {
    throw openingError(path, error as Error & { errcode?: number });
  }
}

/** SQLite's own numbers: https://www.sqlite.org/rescode.html */
const busy = 5;

function openingError(path: string, error: Error & { errcode?: number }): PlimsollError {
  if (error.errcode === busy) {
    return new PlimsollError(
      'fix-busy',
      { en: 'another fix is running on this machine', zh: '本机上另一个修复正在运行' },
      { en: 'Wait until it has ended, and run the command again.', zh: '请等待其结束后再次运行。' },
    );
  }
  return new PlimsollError(
    'fix-journal',
    {
      en: `the journal ${path} cannot be written, and without it nothing is changed: ${error.message}`,
      zh: `无法写入日志 ${path}，没有日志则不作任何更改：${error.message}`,
    },
    {
      en: 'Run as root, on a file system that can be written and has room, or name another folder with --state.',
      zh: '请以 root 身份运行，确保文件系统可写且有空间，或用 --state 指定其他文件夹。',
    },
  );
}
