import type { JudgedFinding } from './judge.ts';

/**
 * The controls that fail for a vulnerability which the same control did not fail for before: what fails twice may fail for something else.
 *
 * @param before - verdicts on the first of two images, `after` on the second
 */
export function failsForMore(before: readonly JudgedFinding[], after: readonly JudgedFinding[]): ReadonlySet<string> {
  const known = new Map(before.map(({ control, verdict }) => [control.id, new Set(verdict.failing)]));
  const more = after.filter(({ control, verdict }) =>
    verdict.failing?.some((each) => !known.get(control.id)?.has(each)),
  );
  return new Set(more.map(({ control }) => control.id));
}
