import type { HostChange } from '../../model/host-change.ts';
import type { Failure } from '../planning.ts';

/** A failure with those changes of its remedy that are of one planner's kinds. */
export interface HostFailure<K extends HostChange['kind']> {
  readonly failure: Failure;
  readonly changes: readonly Extract<HostChange, { kind: K }>[];
}

/** Failures that a change of these kinds answers; all others are somebody else's. */
export function hostFailures<K extends HostChange['kind']>(
  failures: readonly Failure[],
  ...kinds: readonly K[]
): HostFailure<K>[] {
  const isWanted = (change: HostChange): change is Extract<HostChange, { kind: K }> =>
    (kinds as readonly string[]).includes(change.kind);
  return failures.flatMap((failure) => {
    const changes = failure.remedy?.kind === 'host' ? failure.remedy.changes.filter(isWanted) : [];
    return changes.length > 0 ? [{ failure, changes }] : [];
  });
}
