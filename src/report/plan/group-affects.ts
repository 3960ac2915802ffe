import type { PlannedAction } from '../../model/fix-report.ts';
import type { Affected } from '../../model/plan.ts';

/** Containers to which one thing happens, for the same reasons. */
export interface AffectedGroup {
  readonly containers: readonly string[];
  readonly effect: Affected['effect'];
  readonly whys: readonly string[];
}

/** What an action does to containers, each reason told once: first by the reason, then by those whom it concerns. */
export function groupAffects(affects: PlannedAction['affects']): readonly AffectedGroup[] {
  const byReason = Map.groupBy(affects, ({ effect, why }) => JSON.stringify([effect, why]));
  const reasons = [...byReason.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, containers: [...new Set(same.map(({ container }) => container))] }] : [];
  });
  const byContainers = Map.groupBy(reasons, ({ containers, effect }) => JSON.stringify([containers, effect]));
  return [...byContainers.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ containers: first.containers, effect: first.effect, whys: same.map(({ why }) => why) }] : [];
  });
}

/** Whom a plan disturbs, all of its actions together: who goes down, and who stays up but may not bear it. */
export function disturbed(actions: readonly Pick<PlannedAction, 'affects'>[]): {
  readonly down: readonly string[];
  readonly risky: readonly string[];
} {
  const all = actions.flatMap(({ affects }) => affects);
  const names = (isMeant: (effect: Affected['effect']) => boolean) =>
    [...new Set(all.filter(({ effect }) => isMeant(effect)).map(({ container }) => container))].toSorted();
  const down = names((effect) => effect !== 'may-break');
  return { down, risky: names((effect) => effect === 'may-break').filter((name) => !down.includes(name)) };
}
