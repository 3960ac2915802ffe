import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlimsollError } from '../model/error.ts';
import type { Action } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { ActionError } from './action-error.ts';
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
  /** Why it failed, or what is left of it. */
  readonly reason?: Text;
}

/**
 * What every fix was about to do, written before it was done. One process at a time may hold it: the lock is the
 * file's own, so that it ends with the process.
 */
export interface Journal {
  runs(): readonly RunRecord[];
  begin(run: Omit<RunRecord, 'actions'>, actions: readonly Action[]): void;
  /** Written to disk before it returns. */
  mark(run: string, position: number, state: ActionState, reason?: Text): void;
  /** Keeps how the daemon is started, for whoever goes on with an undo that was killed. */
  keepDaemon(run: string, daemon: DaemonStart): void;
  /**
   * Forgets, of every fix that is not half done, a daemon's command with its environment: that may hold what was given
   * to it in confidence. Units and scripts are kept: they start again a daemon that nobody can ask any more.
   */
  forgetDaemons(): void;
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
  const runs = database.prepare(selectRuns);
  const actions = database.prepare(selectActions);
  const addRun = database.prepare('INSERT INTO run (id, started, who, daemon) VALUES (?, ?, ?, ?)');
  const addAction = database.prepare("INSERT INTO action (run, position, action, state) VALUES (?, ?, ?, 'planned')");
  const setState = database.prepare('UPDATE action SET state = ?, reason = ? WHERE run = ? AND position = ?');
  const keep = database.prepare('UPDATE run SET daemon = ? WHERE id = ?');
  const forget = database.prepare(forgetting);
  const write = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw journalError(path, error as Error);
    }
  };
  return {
    runs: () => (runs.all() as unknown as RunRow[]).map((run) => runRecord(run, actions.all(run.id))),
    begin: ({ id, started, who, daemon }, planned) =>
      write(() => {
        database.exec('BEGIN');
        addRun.run(id, started, who, daemon === undefined ? null : JSON.stringify(daemon));
        planned.forEach((action, position) => addAction.run(id, position, JSON.stringify(action)));
        database.exec('COMMIT');
      }),
    mark: (run, position, state, reason) =>
      write(() => setState.run(state, reason ? JSON.stringify(reason) : null, run, position)),
    keepDaemon: (run, daemon) => write(() => keep.run(JSON.stringify(daemon), run)),
    forgetDaemons: () => write(() => forget.run()),
    close: () => database.close(),
  };
}

const forgetting = `
  UPDATE run SET daemon = NULL
  WHERE json_extract(daemon, '$.kind') = 'command'
    AND NOT EXISTS (SELECT 1 FROM action WHERE run = run.id AND state IN ('begun', 'undoing'))
`;

/**
 * What the journal tells, without keeping others out or writing anything: to look needs no file system that can be
 * written. Throws a PlimsollError where a fix is running.
 */
export function readJournal(folder = defaultStateFolder): readonly RunRecord[] {
  const path = join(folder, 'fixes.sqlite');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    const actions = database.prepare(selectActions);
    const rows = database.prepare(selectRuns).all() as unknown as RunRow[];
    return rows.map((run) => runRecord(run, actions.all(run.id)));
  } catch (error) {
    if ((error as SqliteError).errcode === busy) throw journalError(path, error as Error);
  } finally {
    database?.close();
  }
  // A fix that was killed while it wrote here left what only who may write can put in order.
  const journal = openJournal(folder);
  try {
    return journal.runs();
  } finally {
    journal.close();
  }
}

const selectRuns = 'SELECT id, started, who, daemon FROM run ORDER BY started, id';
const selectActions = 'SELECT action, state, reason FROM action WHERE run = ? ORDER BY position';

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

function runRecord({ id, started, who, daemon }: RunRow, actions: unknown): RunRecord {
  return {
    id,
    started,
    who,
    ...(daemon === null ? {} : { daemon: JSON.parse(daemon) as DaemonStart }),
    actions: (actions as readonly ActionRow[]).map(actionRecord),
  };
}

function actionRecord({ action, state, reason }: ActionRow): ActionRecord {
  return {
    action: JSON.parse(action) as Action,
    state: state as ActionState,
    ...(reason === null ? {} : { reason: JSON.parse(reason) as Text }),
  };
}

function openDatabase(folder: string, path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // SQLite gives its own side files the mode of this one. A link is not followed.
    closeSync(openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600));
    requireOwn(folder, path);
    database = new DatabaseSync(path);
    // Once written to, the file stays locked for others until this process ends, however it ends.
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE;
      PRAGMA secure_delete = ON;
    `);
    database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    return database;
  } catch (error) {
    database?.close();
    throw journalError(path, error as Error);
  }
}

/** Whoever can write a journal decides what is taken back, as root. */
function requireOwn(folder: string, path: string): void {
  const isForeign = [statSync(folder), lstatSync(path)].some(
    ({ uid, mode }) => (uid !== 0 && uid !== process.geteuid?.()) || (mode & 0o022) !== 0,
  );
  if (isForeign) throw new ActionError(foreign);
}

const foreign: Text = {
  en: 'others than its owner may write to it or to its folder, or it belongs to another user',
  zh: '该文件或其所在文件夹可被所有者以外的用户写入，或属于其他用户',
};

type SqliteError = Error & { readonly errcode?: number };

/** SQLite's own numbers: https://www.sqlite.org/rescode.html */
const busy = 5;

function journalError(path: string, error: SqliteError): PlimsollError {
  if (error.errcode === busy) {
    return new PlimsollError(
      'fix-busy',
      { en: 'another fix is running on this machine', zh: '本机上另一个修复正在运行' },
      { en: 'Wait until it has ended, and run the command again.', zh: '请等待其结束后再次运行。' },
    );
  }
  const reason = error instanceof ActionError ? error.text : { en: error.message, zh: error.message };
  return new PlimsollError(
    'fix-journal',
    {
      en: `the journal ${path} cannot be written, and without it nothing is changed: ${reason.en}`,
      zh: `无法写入日志 ${path}，没有日志则不作任何更改：${reason.zh}`,
    },
    {
      en: 'Run as root, on a file system that can be written and has room, or name another folder with --state.',
      zh: '请以 root 身份运行，确保文件系统可写且有空间，或用 --state 指定其他文件夹。',
    },
  );
}
