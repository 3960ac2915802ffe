import type { Finding } from '../model/report.ts';

/** A failure, and those like it: the same control, mended in the same way. */
export interface Folded {
  readonly first: Finding;
  readonly others: readonly Finding[];
}

/** Failures that differ in nothing but their place, and perhaps in what is seen there, one behind the other. */
export function fold(failures: readonly Finding[]): readonly Folded[] {
  const groups = Map.groupBy(failures, ({ control, severity, remedy, waiver }) =>
    JSON.stringify([control, severity, remedy?.summary, waiver]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [{ first, others }] : []));
}
