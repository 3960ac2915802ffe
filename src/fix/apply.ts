import type { Action, Effect, Step } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { ActionError } from './action-error.ts';
import {
  bothReasons,
  cannotComeBack,
  changedSince,
  interrupted,
  interruptedRemoval,
  type LeftAlone,
  leftAlone,
  notProven,
  notReached,
  notTaken,
  notTakenBack,
  notThere,
} from './apply-texts.ts';
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
  const reached = { steps: false, effect: false };
  try {
    journal.mark(run, position, 'begun');
    checkpoint('an action is begun');
    await expectBefore(action.steps, workshop);
    reached.steps = true;
    for (const step of action.steps) await bringTo('after', step, workshop);
    if (action.effect) {
      reached.effect = true;
      await takeEffect(action.effect, workshop);
    }
    const { holds, reason } = await workshop.prove(action);
    if (!holds) throw new ActionError(reason ?? notProven);
    checkpoint('an action is proven');
    journal.mark(run, position, 'done', reason);
    checkpoint('an action is done');
    return { action, state: 'done', ...(reason ? { reason } : {}) };
  } catch (error) {
    const reason = reasonOf(error);
    try {
      // Nobody has read what was not yet to take effect: a daemon is not restarted for it.
      if (reached.steps) await takeBack(action, workshop, reached.effect);
    } catch (obstacle) {
      // What could not be taken back stays begun in the journal, so that the next run tries it again.
      return { action, state: 'failed', reason: bothReasons(reason, reasonOf(obstacle)) };
    }
    try {
      journal.mark(run, position, 'failed', reason);
    } catch {
      // The next run finds it begun, and that there is nothing left to take back.
    }
    return { action, state: 'failed', reason };
  }
}

/**
 * What is taken back, whatever came of it: every step that is not on its old side, and then the effect again. Returns
 * what is left as it is, because somebody else has changed it meanwhile, or because it is not there any more.
 */
async function takeBack(action: Action, workshop: Workshop, withEffect = true): Promise<LeftAlone> {
  const left: LeftAlone = { other: [], gone: [] };
  if (withEffect) await passBack(action, workshop);
  for (const step of action.steps.toReversed()) {
    if (step.kind === 'removal') continue;
    const kind = workshop.kindOf(step);
    const side = await kind.side(step);
    if (side === 'after') await bringTo('before', step, workshop);
    else if (side === 'before') kind.tidy?.(step);
    else left[side].push(keyOf(step));
  }
  if (action.effect && withEffect) await takeEffect(action.effect, workshop);
  return left;
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
      const left = await takeBack(action, workshop);
      const reason = action.final ? interruptedRemoval : (leftAlone(left) ?? interrupted);
      journal.mark(run.id, position, state === 'undoing' ? 'undone' : 'failed', reason);
    }
  }
  journal.forgetDaemons();
  return found;
}

/** Begun, and neither done nor taken back: nothing runs, so that a fix was killed, or could not go on. */
export function isOpen(state: ActionState): boolean {
  return state === 'begun' || state === 'undoing';
}

/**
 * Takes a whole run back, the last action first, and stops at the first that cannot be. Nothing is touched where one of
 * its facts has been changed since: the error names all of them.
 */
export async function undoRun(run: RunRecord, workshop: Workshop): Promise<ActionResult[]> {
  const done = [...run.actions.entries()].filter(([, { state }]) => state === 'done').toReversed();
  await expectUnchanged(
    done.map(([, { action }]) => action),
    workshop,
  );
  const results: ActionResult[] = [];
  let failed = false;
  for (const [position, { action }] of done) {
    if (action.final) {
      results.push({ action, state: 'done', reason: cannotComeBack });
      continue;
    }
    if (failed || workshop.isStopped()) {
      results.push({ action, state: 'done', reason: notReached });
      continue;
    }
    const result = await undoAction(run.id, position, action, workshop);
    failed = result.state === 'failed';
    results.push(result);
  }
  return results;
}

async function undoAction(run: string, position: number, action: Action, workshop: Workshop): Promise<ActionResult> {
  const { journal, checkpoint } = workshop;
  try {
    journal.mark(run, position, 'undoing');
    checkpoint('an action is being undone');
    const reason = leftAlone(await takeBack(action, workshop));
    journal.mark(run, position, 'undone', reason);
    checkpoint('an action is undone');
    return { action, state: 'undone', ...(reason ? { reason } : {}) };
  } catch (error) {
    return { action, state: 'failed', reason: notTakenBack(reasonOf(error)) };
  }
}

/** Of several steps that change one thing the last one tells how it must be now. */
async function expectUnchanged(latestFirst: readonly Action[], workshop: Workshop): Promise<void> {
  const seen = new Set<string>();
  const changed: string[] = [];
  for (const step of latestFirst.filter(({ final }) => !final).flatMap(({ steps }) => steps.toReversed())) {
    const key = keyOf(step);
    if (seen.has(key)) continue;
    seen.add(key);
    if ((await sideOf(step, workshop)) === 'other') changed.push(key);
  }
  if (changed.length > 0) throw new ActionError(changedSince(changed));
}

/** Of several steps that change one thing the first one tells how it must be now. */
async function expectBefore(steps: readonly Step[], workshop: Workshop): Promise<void> {
  const seen = new Set<string>();
  for (const step of steps) {
    const key = keyOf(step);
    if (seen.has(key)) continue;
    seen.add(key);
    const side = await sideOf(step, workshop);
    if (side === 'gone') throw new ActionError(notThere([key]));
    if (side === 'other') throw new ActionError(changedSince([key]));
  }
}

/** What cannot be looked at any more is not as it was. */
async function sideOf(step: Step, { kindOf }: Workshop): Promise<Side | 'other' | 'gone'> {
  try {
    return await kindOf(step).side(step);
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
