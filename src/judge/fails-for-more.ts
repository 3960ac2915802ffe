import type { JudgedFinding } from './judge.ts';

/**
 * The controls that fail for a vulnerability which the same control did not fail for before: what fails twice may fail for something else.
 *
 * @param before - verdicts on the first of two images, `after` on the second
 * @param onlyFixed - whether only a vulnerability counts that can be had repaired
 */
export function failsForMore(
  before: readonly JudgedFinding[],
  after: readonly JudgedFinding[],
  { onlyFixed = false }: { readonly onlyFixed?: boolean | undefined } = {},
): ReadonlySet<string> {
  const known = new Map(
    before.map(({ control, verdict }) => [control.id, new Set(verdict.failing?.map(({ name }) => name))]),
  );
  const more = after.filter(({ control, verdict }) =>
    verdict.failing?.some(({ name, repairable }) => (repairable || !onlyFixed) && !known.get(control.id)?.has(name)),
  );
  return new Set(more.map(({ control }) => control.id));
}
