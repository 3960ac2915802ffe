import type { PlanDocument, RefusedFinding } from '../../model/fix-report.ts';
import type { Refusal } from '../../model/plan.ts';
import { whys } from './words.ts';

/** Findings that are not answered for one and the same reason. */
export interface RefusalGroup {
  readonly why: Refusal['why'];
  readonly first: RefusedFinding;
  readonly controls: readonly string[];
  readonly subjects: readonly string[];
  readonly findings: readonly RefusedFinding[];
}

/** What would do harm first, what only a person can do last; each with those that share its reason and its way round. */
export function groupRefusals({ refused }: Pick<PlanDocument, 'refused'>): readonly RefusalGroup[] {
  return whys.flatMap((why) => {
    const own = refused.filter((each) => each.why === why);
    const groups = Map.groupBy(own, ({ reason, advice, commands }) => JSON.stringify([reason, advice, commands]));
    return [...groups.values()].flatMap((findings): RefusalGroup[] => {
      const [first] = findings;
      if (!first) return [];
      const controls = [...new Set(findings.map(({ control }) => control))];
      const subjects = [...new Set(findings.map(({ subject }) => subject))];
      return [{ why, first, controls, subjects, findings }];
    });
  });
}
