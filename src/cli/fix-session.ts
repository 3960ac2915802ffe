import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { knownControls } from '../controls/known.ts';
import {
  type ActionResult,
  applyRun,
  isOpen,
  type Proof,
  reasonOf,
  recover,
  undoRun,
  type Workshop,
} from '../fix/apply.ts';
import { type DaemonStart, readDaemonStart } from '../fix/daemon-start.ts';
import type { EngineControl } from '../fix/engine-control.ts';
import { type Journal, openJournal, type RunRecord } from '../fix/journal.ts';
import { openWorkshop } from '../fix/workshop.ts';
import type { JudgedFinding } from '../judge/judge.ts';
import type { Subject } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import type { Action, Plan } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { type AuditSetting, type EngineOptions, type Look, lookAt } from './machine-audit.ts';

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
  readonly plan: Plan;
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
    if (plan.actions.length === 0) return nothingDone(id, plan, before, started);
    journal.begin({ id, started: started.toISOString(), who: userName(), ...daemonOf(plan, before) }, plan.actions);
    const run = requireRun(journal, id);
    const results = await applyRun(run, workshopFor(run.daemon, journal, session));
    journal.forgetDaemon(id);
    return { kind: 'fix', run, plan, results, before, after: await lookAgain(session), started };
  } finally {
    journal.close();
  }
}

function nothingDone(id: string, plan: Plan, look: Look, started: Date): Outcome {
  const run = { id, started: started.toISOString(), who: userName(), actions: [] };
  return { kind: 'fix', run, plan, results: [], before: look, after: look, started };
}

/** Takes a fix back: the last one that is not yet, where it is called `last`. */
export async function undo(id: string, session: FixSession): Promise<Outcome> {
  const journal = openJournal(session.state);
  try {
    await recoverFirst(journal, session);
    const started = new Date();
    const run = runToUndo(journal, id);
    const before = await lookAt(session.setting, session.options);
    const start = needsDaemon(run.actions.map(({ action }) => action))
      ? readDaemonStart(before.machine.engine)
      : undefined;
    const daemon = start && !('refused' in start) ? start : undefined;
    const results = await undoRun(run, workshopFor(daemon, journal, session));
    const plan = { actions: [], refused: [] };
    return { kind: 'undo', run, plan, results, before, after: await lookAgain(session), started };
  } finally {
    journal.close();
  }
}

/** What an earlier fix left half done is taken back before anything else is looked at. */
async function recoverFirst(journal: Journal, session: FixSession): Promise<void> {
  for (const run of openRuns(journal)) {
    session.say(takingBack(run.id));
    try {
      await recover(workshopFor(run.daemon, journal, session));
    } catch (error) {
      throw new PlimsollError('fix-failed', stillOpen(run.id, reasonOf(error)), byHandThenForget(run.id));
    }
  }
}

/** Lets what a fix left half done be as it is: somebody has put it right by hand. */
export function forget(id: string, state: string): void {
  const journal = openJournal(state);
  try {
    const run = requireRun(journal, id);
    for (const [position, each] of run.actions.entries()) {
      if (isOpen(each.state)) journal.mark(id, position, 'failed', 'put right by hand');
    }
    journal.forgetDaemon(id);
  } finally {
    journal.close();
  }
}

function openRuns(journal: Journal): RunRecord[] {
  return journal.runs().filter(({ actions }) => actions.some(({ state }) => isOpen(state)));
}

function workshopFor(daemon: DaemonStart | undefined, journal: Journal, session: FixSession): Workshop {
  let stopped = false;
  const stop = () => {
    if (!stopped) session.say(stopping);
    stopped = true;
  };
  // Whoever presses Ctrl-C gets what is begun ended; being killed is what the journal is for.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return openWorkshop({
    journal,
    engine: session.engine,
    daemon,
    prove: (action) => prove(action, session),
    isStopped: () => stopped,
  });
}

/** How often the machine is looked at until a change that takes effect by itself shows, and how long between. */
const looks = 25;
const betweenLooks = 200;

/** Judges again, on fresh facts, what the action was to mend. */
async function prove(action: Action, { setting, options }: FixSession): Promise<Proof> {
  // What comes true only when somebody else acts cannot be seen yet.
  if (action.answers.length === 0 || action.pending)
    return { holds: true, ...(action.pending ? { reason: action.pending } : {}) };
  const ids = new Set(action.answers.map(({ control }) => control));
  const wanted = new Set(action.answers.map(({ control, subject }) => `${control} ${subject}`));
  const service = action.kind === 'service-update' ? action.id.slice(action.id.indexOf('/') + 1) : undefined;
  const controls = knownControls().filter(({ id }) => ids.has(id));
  const policy = { ...setting.policy, controls, severity: 'info' } as const;
  for (let count = 1; ; count += 1) {
    const { findings } = await lookAt({ ...setting, policy }, { ...options, quiet: true });
    const open = findings.filter(
      ({ control, subject, status }) =>
        (status === 'fail' || status === 'unknown') &&
        (wanted.has(`${control.id} ${subject.id}`) || (ids.has(control.id) && isTaskOf(subject, service))),
    );
    const unanswered = open.find((finding) => !isLeftToPerson(finding));
    if (!unanswered) return { holds: true, ...(open[0] ? { reason: leftToPerson(open[0]) } : {}) };
    if (action.effect === undefined || count === looks) return { holds: false, reason: notProven(unanswered) };
    await pause(betweenLooks);
  }
}

/** What an action can do is done where only a person can do the rest: containers keep what they were created with. */
function isLeftToPerson({ status, remedy }: JudgedFinding): boolean {
  return status === 'fail' && remedy?.kind === 'manual' && remedy.settings === undefined;
}

/** Tasks of a service are made anew, under other names. */
function isTaskOf(subject: Subject, service: string | undefined): boolean {
  return service !== undefined && subject.kind === 'container' && subject.value.owner.service === service;
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
  return actions.some(({ effect }) => effect !== undefined);
}

/** `20261122-083000-a1b2`: sorts by time, and can be typed. */
function newId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}

/** The person behind `sudo`, if there is one. */
function userName(): string {
  const user = userInfo().username;
  const person = process.env['SUDO_USER'];
  return person === undefined || person === user ? user : `${person} (${user})`;
}

function notProven({ control, verdict: { message } }: JudgedFinding): Text {
  return { en: `${control.id} still does not pass: ${message.en}`, zh: `${control.id} 仍未通过：${message.zh}` };
}

function leftToPerson({ control, verdict: { message }, remedy }: JudgedFinding): Text {
  return {
    en: `what is left of ${control.id} is for a person: ${message.en} ${remedy?.summary.en ?? ''}`,
    zh: `${control.id} 的其余部分需人工处理：${message.zh}${remedy?.summary.zh ?? ''}`,
  };
}

function stillOpen(id: string, reason: Text): Text {
  return {
    en: `what fix ${id} left half done cannot be taken back: ${reason.en}`,
    zh: `无法撤回修复 ${id} 未完成的更改：${reason.zh}`,
  };
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
const seeHistory: Text = { en: 'plimsoll fix --history lists them.', zh: '可用 plimsoll fix --history 查看。' };
