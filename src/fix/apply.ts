import type { Action, Effect, Step } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { ActionError } from './action-error.ts';
import type { ActionState, Journal, RunRecord } from './journal.ts';
import { type Checkpoint, keyOf, type Side, type StepKind } from './step-kind.ts';

/** What the steps of a plan are done with. */
export interface Workshop {
  readonly journal: Journal;
  readonly kindOf: <S extends Step>(step: S) => StepKind<S>;
  /** Makes changed files count. Throws when the daemon does not come back. */
  readonly take: (effect: Effect) => Promise<void>;
  /** Looks again: whether the controls of an action pass now, as far as the action answers them. */
  readonly prove: (action: Action) => Promise<Proof>;
  /** Somebody has asked to stop: what is begun is ended, and nothing more is begun. */
  readonly isStopped: () => boolean;
  readonly checkpoint: Checkpoint;
}

export interface Proof {
  readonly holds: boolean;
  /** What does not hold; where it holds, what is left for a person to do. */
  readonly reason?: Text;
}

export interface ActionResult {
  readonly action: Action;
  readonly state: ActionState;
  /** Why it failed, or could not be taken back; of what is done, what is left for a person. */
  readonly reason?: Text;
}

/** Does what the journal holds as planned, one action after the other, and stops at the first that fails. */
export async function applyRun(run: RunRecord, workshop: Workshop): Promise<ActionResult[]> {
  const results: ActionResult[] = [];
  let failed = false;
  for (const [position, { action }] of run.actions.entries()) {
    if (failed || workshop.isStopped()) {
      results.push({ action, state: 'planned' });
      continue;
    }
    const result = await applyAction(run.id, position, action, workshop);
    failed = result.state === 'failed';
    results.push(result);
  }
  return results;
}

async function applyAction(run: string, position: number, action: Action, workshop: Workshop): Promise<ActionResult> {
  const { journal, checkpoint } = workshop;
  journal.mark(run, position, 'begun');
  checkpoint('an action is begun');
  try {
    for (const step of action.steps) await expectBefore(step, workshop);
    for (const step of action.steps) await bringTo('after', step, workshop);
    if (action.effect) await takeEffect(action.effect, workshop);
    const { holds, reason } = await workshop.prove(action);
    if (!holds) throw new ActionError(reason ?? notProven);
    checkpoint('an action is proven');
    journal.mark(run, position, 'done', reason?.en);
    checkpoint('an action is done');
    return { action, state: 'done', ...(reason ? { reason } : {}) };
  } catch (error) {
    const reason = reasonOf(error);
    const stuck = await takeBackIfPossible(action, workshop);
    // What could not be taken back stays begun in the journal, so that the next run tries it again.
    if (stuck) return { action, state: 'failed', reason: bothReasons(reason, stuck) };
    journal.mark(run, position, 'failed', reason.en);
    return { action, state: 'failed', reason };
  }
}

async function takeBackIfPossible(action: Action, workshop: Workshop): Promise<Text | undefined> {
  try {
    await takeBack(action, workshop);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function bothReasons(reason: Text, stuck: Text): Text {
  return {
    en: `${reason.en}; and it could not be taken back: ${stuck.en}. The next fix tries again before anything else`,
    zh: `${reason.zh}；且无法撤回：${stuck.zh}。下次修复会首先重试`,
  };
}

/** What is taken back, whatever came of it: every step that is not on its old side, and then the effect again. */
async function takeBack(action: Action, workshop: Workshop): Promise<void> {
  await passBack(action, workshop);
  for (const step of action.steps.toReversed()) {
    if (step.kind === 'removal') continue;
    const kind = workshop.kindOf(step);
    const side = await kind.side(step);
    // What somebody else changed meanwhile is theirs.
    if (side === 'after') await bringTo('before', step, workshop);
    else if (side === 'before') kind.tidy?.(step);
  }
  if (action.effect) await takeEffect(action.effect, workshop);
}

/** What reads the changed files is first told in so many words what it will not find in them any more. */
async function passBack({ steps, effect }: Action, workshop: Workshop): Promise<void> {
  const passing = steps.filter((step) => step.kind === 'file' && step.passing !== undefined);
  if (passing.length === 0 || !effect) return;
  for (const step of passing) {
    const kind = workshop.kindOf(step);
    if ((await kind.side(step)) === 'after') await kind.pass?.(step);
  }
  await takeEffect(effect, workshop);
}

/**
 * Takes back what a killed fix left half done, and goes on with an undo that was killed: afterwards every action is
 * done or not done. Returns the runs that it found so.
 */
export async function recover(workshop: Workshop): Promise<RunRecord[]> {
  const { journal } = workshop;
  const found = journal.runs().filter(({ actions }) => actions.some(({ state }) => isOpen(state)));
  for (const run of found) {
    for (const [position, { action, state }] of [...run.actions.entries()].toReversed()) {
      if (!isOpen(state)) continue;
      await takeBack(action, workshop);
      journal.mark(run.id, position, state === 'undoing' ? 'undone' : 'failed', interrupted.en);
    }
    journal.forgetDaemon(run.id);
  }
  return found;
}

/** Begun, and neither done nor taken back: nothing runs, so that a fix was killed, or could not go on. */
export function isOpen(state: ActionState): boolean {
  return state === 'begun' || state === 'undoing';
}

/**
 * Takes a whole run back, the last action first. Nothing is touched where one of its facts has been changed since:
 * the error names all of them.
 */
export async function undoRun(run: RunRecord, workshop: Workshop): Promise<ActionResult[]> {
  const { journal, checkpoint } = workshop;
  const done = [...run.actions.entries()].filter(([, { state }]) => state === 'done').toReversed();
  await expectUnchanged(
    done.map(([, { action }]) => action),
    workshop,
  );
  const results: ActionResult[] = [];
  for (const [position, { action }] of done) {
    if (action.final) {
      results.push({ action, state: 'done', reason: cannotComeBack });
      continue;
    }
    journal.mark(run.id, position, 'undoing');
    checkpoint('an action is being undone');
    await takeBack(action, workshop);
    journal.mark(run.id, position, 'undone');
    checkpoint('an action is undone');
    results.push({ action, state: 'undone' });
  }
  return results;
}

/** Of several steps that change one thing the last one tells how it must be now. */
async function expectUnchanged(latestFirst: readonly Action[], { kindOf }: Workshop): Promise<void> {
  const seen = new Set<string>();
  const changed: string[] = [];
  for (const step of latestFirst.filter(({ final }) => !final).flatMap(({ steps }) => steps.toReversed())) {
    const key = keyOf(step);
    if (seen.has(key)) continue;
    seen.add(key);
    if ((await sideOf(step, kindOf(step))) === 'other') changed.push(key);
  }
  if (changed.length > 0) throw new ActionError(changedSince(changed));
}

async function expectBefore(step: Step, { kindOf }: Workshop): Promise<void> {
  const side = await sideOf(step, kindOf(step));
  if (side === 'other') throw new ActionError(changedSince([keyOf(step)]));
}

/** What cannot be looked at any more is not as it was. */
async function sideOf(step: Step, kind: StepKind<Step>): Promise<Side | 'other'> {
  try {
    return await kind.side(step);
  } catch {
    return 'other';
  }
}

async function bringTo(side: Side, step: Step, { kindOf, checkpoint }: Workshop): Promise<void> {
  const kind = kindOf(step);
  checkpoint('a step is to be taken');
  await kind.bring(step, side);
  checkpoint('a step is taken');
  const now = await kind.side(step);
  if (now !== side) throw new ActionError(notTaken(keyOf(step)));
}

async function takeEffect(effect: Effect, { take, checkpoint }: Workshop): Promise<void> {
  checkpoint('an effect is to be taken');
  await take(effect);
  checkpoint('an effect is taken');
}

/** What an error says, in both languages where it knows them. */
export function reasonOf(error: unknown): Text {
  if (error instanceof Error && 'text' in error) return error.text as Text;
  const message = error instanceof Error ? error.message : String(error);
  return { en: message, zh: message };
}

function changedSince(keys: readonly string[]): Text {
  return {
    en: `changed by somebody else since: ${keys.join(', ')}`,
    zh: `此后已被他人更改：${keys.join('、')}`,
  };
}

function notTaken(key: string): Text {
  return {
    en: `${key} is not as it should be after the change`,
    zh: `更改后 ${key} 并非预期状态`,
  };
}

const interrupted: Text = { en: 'the fix was interrupted; it was taken back', zh: '修复被中断，已撤回' };
const cannotComeBack: Text = { en: 'what was removed cannot come back', zh: '已移除的内容无法恢复' };
const notProven: Text = { en: 'it could not be proven', zh: '无法验证' };
