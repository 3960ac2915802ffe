import { isOver } from '../model/day.ts';
import { matchesGlob } from '../model/glob.ts';
import { selectControls } from './selection.ts';

/** A failure that an owner accepts, with a reason, until a date. */
export interface Waiver {
  /** Id, glob or alias. */
  readonly control: string;
  /** Glob over subject ids: `container/web-*`. */
  readonly subject: string;
  readonly reason: string;
  /** Absent where a comment beside the failure accepts it: then the file's owner does. */
  readonly owner?: string;
  /** `2027-01-31`; it holds to the end of that day in UTC. Absent: as long as the comment stands. */
  readonly until?: string;
}

export function isExpired(waiver: Waiver, now: Date): boolean {
  return waiver.until !== undefined && isOver(waiver.until, now);
}

/** The waiver that covers a failure; one that still holds is preferred to one that has expired. */
export function findWaiver(
  waivers: readonly Waiver[],
  control: string,
  subject: string,
  now: Date,
): Waiver | undefined {
  const matching = waivers.filter(
    (waiver) => matchesGlob(waiver.subject, subject) && selectControls(waiver.control).some(({ id }) => id === control),
  );
  return matching.find((waiver) => !isExpired(waiver, now)) ?? matching[0];
}
