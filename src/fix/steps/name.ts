import { type JsonObject, textIn } from '../../model/json.ts';
import type { NameStep } from '../../model/plan.ts';
import type { EngineControl } from '../engine-control.ts';
import { containerMark, containerNamed, findContainer, isMadeName, madeBeside, nameOf } from '../made-by-fix.ts';
import type { Side, StepKind } from '../step-kind.ts';

/**
 * Names of containers. In a replacement two containers bear one name after the other: the new one is known by the mark
 * of the fix, and the old one by the lack of it.
 */
export function nameSteps(engine: EngineControl): StepKind<NameStep> {
  return {
    side: (step) => (isMadeName(step.before) ? madeSide(engine, step) : keptSide(engine, step)),
    async bring(step, side) {
      const container = await meant(engine, step, side);
      if (container === null || nameOf(container) === step[side]) return;
      const id = textIn(container, 'Id') ?? '';
      await engine.post(`/containers/${id}/rename?name=${encodeURIComponent(step[side])}`);
    },
  };
}

/** The one that is to be renamed. */
async function meant(engine: EngineControl, step: NameStep, side: Side): Promise<JsonObject | null> {
  if (isMadeName(step.before)) return findContainer(engine, step.before);
  if ((await keptSide(engine, step)) === 'other') return null;
  return (await containerNamed(engine, step.after)) ?? (side === 'after' ? containerNamed(engine, step.before) : null);
}

async function madeSide(engine: EngineControl, { before, after }: NameStep): Promise<Side | 'other'> {
  const made = await findContainer(engine, before);
  if (made === null || nameOf(made) === before) return 'before';
  return nameOf(made) === after ? 'after' : 'other';
}

async function keptSide(engine: EngineControl, { before, after }: NameStep): Promise<Side | 'other'> {
  const [there, moved] = [await containerNamed(engine, before), await containerNamed(engine, after)];
  const made = madeBeside(before, after);
  const isSuccessor = there !== null && made !== undefined && containerMark(there) === made;
  if (moved !== null) return there === null || isSuccessor ? 'after' : 'other';
  return there !== null && !isSuccessor ? 'before' : 'other';
}
