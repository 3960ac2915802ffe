import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { type ActionResult, applyRun, isOpen, reasonOf, recover, undoRun, type Workshop } from '../fix/apply.ts';
import { ActionError } from '../fix/action-error.ts';
import { type DaemonStart, readDaemonStart } from '../fix/daemon-start.ts';
import type { EngineControl } from '../fix/engine-control.ts';
import { type Journal, openJournal, type RunRecord } from '../fix/journal.ts';
import { openWorkshop } from '../fix/workshop.ts';
import { PlimsollError } from '../model/error.ts';
import type { Action, Plan } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { prove } from './fix-proof.ts';
import type { EngineOptions } from './engine-address.ts';
import { type AuditSetting, type Look, lookAt } from './machine-audit.ts';

export interface FixSession<Options extends EngineOptions = EngineOptions> {
  readonly setting: AuditSetting;
  readonly options: Options;
  /** The folder that the journal is in. */
  readonly state: string;
  readonly engine: EngineControl;
  /** Tells the user, in their language, what is happening. */
  readonly say: (text: Text) => void;
}

/** What a fix or an undo came to. */
export interface Outcome {
  readonly kind: 'fix' | 'undo';
  readonly run: RunRecord;
  readonly results: readonly ActionResult[];
  readonly before: Look;
  readonly after: Look;
  readonly started: Date;
}

/** Plans and does; where there is nothing to do, nothing is written either. */
export async function applyPlan<S extends FixSession>(
  planFor: (look: Look, session: S) => Promise<Plan>,
  session: S,
): Promise<Outcome> {
  const journal = openJournal(session.state);
  try {
    await recoverFirst(journal, session);
    const started = new Date();
    const before = await lookAt(session.setting, session.options);
    const plan = await planFor(before, session);
    const id = newId(started);
    if (plan.actions.length === 0) return nothingDone(id, before, started);
    journal.begin({ id, started: started.toISOString(), who: userName(), ...daemonOf(plan, before) }, plan.actions);
    const run = requireRun(journal, id);
    const results = await working(run.daemon, journal, session, (workshop) => applyRun(run, workshop));
    return { kind: 'fix', run, results, before, after: await lookAgain(session), started };
  } finally {
    closeJournal(journal);
  }
}

function nothingDone(id: string, look: Look, started: Date): Outcome {
  const run = { id, started: started.toISOString(), who: userName(), actions: [] };
  return { kind: 'fix', run, results: [], before: look, after: look, started };
}

/** Takes a fix back: the last one that is not yet, where it is called `last`. */
export async function undo(id: string, session: FixSession): Promise<Outcome> {
  const journal = openJournal(session.state);
  try {
    await recoverFirst(journal, session);
    const started = new Date();
    const run = runToUndo(journal, id);
    const before = await lookAt(session.setting, session.options);
    const daemon = await daemonForUndo(run, before, session);
    // Killed on the way, it is gone on with by somebody who may find the daemon down.
    if (daemon) journal.keepDaemon(run.id, daemon);
    const results = await working(daemon, journal, session, (workshop) => undoOrSay(run, workshop));
    return { kind: 'undo', run, results, before, after: await lookAgain(session), started };
  } finally {
    closeJournal(journal);
  }
}

async function undoOrSay(run: RunRecord, workshop: Workshop): Promise<ActionResult[]> {
  try {
    return await undoRun(run, workshop);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    throw new PlimsollError('fix-refused', nothingUndone(run.id, error.text), newestFirst);
  }
}

/** A daemon that is down cannot be asked how it is started: what was seen when it was fixed is still true. */
async function daemonForUndo(run: RunRecord, { machine }: Look, { engine }: FixSession) {
  const open = run.actions.filter(({ state, action }) => state === 'done' && action.final !== true);
  if (!needsDaemon(open.map(({ action }) => action))) return undefined;
  const start = readDaemonStart(machine.engine);
  if (!('refused' in start)) return start;
  if (run.daemon === undefined && (await engine.isUp())) {
    throw new PlimsollError('fix-refused', nothingUndone(run.id, start.refused));
  }
  return run.daemon;
}

/** What an earlier fix left half done is taken back before anything else is looked at. */
async function recoverFirst(journal: Journal, session: FixSession): Promise<void> {
  for (const run of openRuns(journal)) {
    session.say(takingBack(run.id));
    let stopped = false;
    try {
      stopped = await working(run.daemon, journal, session, async (workshop) => {
        await recover(workshop);
        return workshop.isStopped();
      });
    } catch (error) {
      throw new PlimsollError('fix-failed', stillOpen(run.id, reasonOf(error)), byHandThenForget(run.id));
    }
    if (stopped) throw new PlimsollError('fix-failed', stoppedThere);
  }
}

/** Lets what a fix left half done be as it is: somebody has put it right by hand. */
export function forget(id: string, state: string): void {
  const journal = openJournal(state);
  try {
    const run = requireRun(journal, id);
    for (const [position, each] of run.actions.entries()) {
      if (isOpen(each.state)) journal.mark(id, position, 'failed', byHand);
    }
  } finally {
    closeJournal(journal);
  }
}

/** However it ends: what a daemon was given in confidence is kept only as long as somebody may have to start it again. */
function closeJournal(journal: Journal): void {
  try {
    journal.forgetDaemons();
  } catch {
    // A journal that cannot be written now forgets when it is closed the next time.
  } finally {
    journal.close();
  }
}

function openRuns(journal: Journal): RunRecord[] {
  return journal.runs().filter(({ actions }) => actions.some(({ state }) => isOpen(state)));
}

/** Works with a workshop; meanwhile, who asks to stop gets what is begun ended. Being killed is what the journal is for. */
async function working<T>(
  daemon: DaemonStart | undefined,
  journal: Journal,
  session: FixSession,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  let stopped = false;
  const stop = (signal: NodeJS.Signals) => {
    // Whoever hangs up cannot be told anything any more.
    if (!stopped && signal !== 'SIGHUP') session.say(stopping);
    stopped = true;
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(
      openWorkshop({
        journal,
        engine: session.engine,
        daemon,
        prove: (action) => prove(action, session),
        isStopped: () => stopped,
      }),
    );
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

async function lookAgain({ setting, options }: FixSession): Promise<Look> {
  return lookAt(setting, { ...options, quiet: true });
}

function requireRun(journal: Journal, id: string): RunRecord {
  const run = journal.runs().find((each) => each.id === id);
  if (!run)
    throw new PlimsollError('usage', { en: `there is no fix ${id}`, zh: `没有编号为 ${id} 的修复` }, seeHistory);
  return run;
}

function runToUndo(journal: Journal, id: string): RunRecord {
  const run =
    id === 'last'
      ? journal.runs().findLast(({ actions }) => actions.some(({ state }) => state === 'done'))
      : requireRun(journal, id);
  if (!run?.actions.some(({ state }) => state === 'done')) {
    throw new PlimsollError(
      'usage',
      { en: 'there is nothing of this fix left to undo', zh: '该修复已无可撤销的内容' },
      seeHistory,
    );
  }
  return run;
}

function daemonOf(plan: Plan, { machine }: Look): { readonly daemon?: DaemonStart } {
  if (!needsDaemon(plan.actions)) return {};
  const start = readDaemonStart(machine.engine);
  return 'refused' in start ? {} : { daemon: start };
}

function needsDaemon(actions: readonly Action[]): boolean {
  return actions.some(({ effect }) => effect !== undefined && effect.kind !== 'reload-units');
}

/** `20261122-083000-a1b2`: sorts by time, and can be typed. */
function newId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}

/** The person behind `sudo`, if there is one. */
function userName(): string {
  const user = accountName();
  const person = process.env['SUDO_USER'];
  return person === undefined || person === user ? user : `${person} (${user})`;
}

/** A user without an account has a number only. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.geteuid?.() ?? '?'}`;
  }
}

function stillOpen(id: string, reason: Text): Text {
  return {
    en: `what fix ${id} left half done cannot be taken back: ${reason.en}`,
    zh: `无法撤回修复 ${id} 未完成的更改：${reason.zh}`,
  };
}

function nothingUndone(id: string, reason: Text): Text {
  return { en: `fix ${id} is not undone: ${reason.en}`, zh: `未撤销修复 ${id}：${reason.zh}` };
}

function byHandThenForget(id: string): Text {
  return {
    en: `Remove the cause and run the command again; or put it right by hand, and then plimsoll fix --forget ${id}.`,
    zh: `请排除原因后重新运行；或人工处理完毕后执行 plimsoll fix --forget ${id}。`,
  };
}

function takingBack(id: string): Text {
  return {
    en: `fix ${id} was interrupted: taking back what it left half done`,
    zh: `修复 ${id} 曾被中断：正在撤回其未完成的更改`,
  };
}

const stopping: Text = {
  en: 'stopping: the action that is begun is ended, nothing more is begun',
  zh: '正在停止：完成已开始的操作，不再开始新的操作',
};
const stoppedThere: Text = { en: 'stopped on request; nothing new was begun', zh: '已按要求停止，未开始新的操作' };
const byHand: Text = { en: 'put right by hand', zh: '已人工处理' };
const newestFirst: Text = {
  en: 'Nothing was touched. If a later fix changed the same things, undo that one first: plimsoll fix --history. Otherwise put back what was changed since, and undo again.',
  zh: '未作任何更改。若之后的修复更改了同样的内容，请先撤销该次修复（见 plimsoll fix --history）；否则请先恢复此后的更改再撤销。',
};
const seeHistory: Text = { en: 'plimsoll fix --history lists them.', zh: '可用 plimsoll fix --history 查看。' };
