import { type JsonValue, listIn, textIn } from '../model/json.ts';
import type { AffectedRange } from '../model/vulnerability.ts';
import type { VersionOrdering } from '../versions/ordering.ts';

/*
 * A record of OSV tells of affected versions by events: from `introduced` on, up to `fixed`, or up to and with `last_affected`, and never
 * from `limit` on. Events stand in any order, and a range may have many. https://ossf.github.io/osv-schema/#evaluation
 */

type Kind = 'introduced' | 'fixed' | 'last_affected' | 'limit';
const kinds: readonly Kind[] = ['introduced', 'fixed', 'last_affected', 'limit'];

interface Event<Version> {
  readonly kind: Kind;
  readonly text: string;
  /** Absent for the beginning of all versions. */
  readonly version?: Version;
}

/** Before every version, also before those that sort below 0. */
const beginning = '0';
/** Of one range; the longest real ones have some dozens. */
const mostEvents = 2000;

/**
 * The events of one range as ranges that do not overlap, in ascending order.
 *
 * @returns `undefined` where a version cannot be read, or an event is none: what the range means is not known then
 */
export function rangesOfEvents<Version>(
  range: JsonValue,
  ordering: VersionOrdering<Version>,
): readonly AffectedRange[] | undefined {
  const written = listIn(range, 'events');
  if (written.length === 0 || written.length > mostEvents) return undefined;
  const events: Event<Version>[] = [];
  for (const each of written) {
    const read = readEvents(each, ordering);
    if (!read) return undefined;
    events.push(...read);
  }
  const compare = (left: Event<Version>, right: Event<Version>) => compareEvents(left, right, ordering);
  const limits = events.filter(({ kind }) => kind === 'limit').toSorted(compare);
  const bounds = events.filter(({ kind }) => kind !== 'limit').toSorted(compare);
  const ranges = rangesBetween(bounds, ordering);
  // No limit at all, as the specification writes it.
  const limit = limits.some(({ text }) => text === '*') ? undefined : limits.at(-1);
  return limit?.version === undefined ? ranges : cutAt(ranges, limit.version, limit.text, ordering);
}

/** An event, or the two that older records write as one. */
function readEvents<Version>(value: JsonValue, ordering: VersionOrdering<Version>): Event<Version>[] | undefined {
  const events: Event<Version>[] = [];
  for (const kind of kinds) {
    const text = textIn(value, kind);
    if (text === undefined) continue;
    // What is fixed at the beginning never was affected, as distributions say it.
    const isBeginning = (kind === 'introduced' || kind === 'fixed') && text === beginning;
    const version = isBeginning ? undefined : ordering.parse(text);
    if (version !== undefined) events.push({ kind, text, version });
    else if (isBeginning || (kind === 'limit' && text === '*')) events.push({ kind, text });
    else return undefined;
  }
  return events.length === 0 ? undefined : events;
}

/** Of the same version they stay as they are written. */
function compareEvents<Version>(
  left: Event<Version>,
  right: Event<Version>,
  { compare }: VersionOrdering<Version>,
): number {
  if (left.version === undefined || right.version === undefined) {
    return Number(left.version !== undefined) - Number(right.version !== undefined);
  }
  return compare(left.version, right.version);
}

/**
 * Walks over the versions that events name. Of one version events count in the order in which they are written; `last_affected` ends
 * what follows it and not the version itself.
 */
function rangesBetween<Version>(
  events: readonly Event<Version>[],
  ordering: VersionOrdering<Version>,
): AffectedRange[] {
  const ranges: AffectedRange[] = [];
  let from: Event<Version> | undefined;
  for (let index = 0; index < events.length;) {
    const first = events[index] as Event<Version>;
    let isAffected = from !== undefined;
    let staysAffected = isAffected;
    for (; index < events.length && compareEvents(first, events[index] as Event<Version>, ordering) === 0; index += 1) {
      const { kind } = events[index] as Event<Version>;
      if (kind !== 'last_affected') isAffected = kind === 'introduced';
      staysAffected = kind === 'introduced';
    }
    if (from && !isAffected) ranges.push({ ...startOf(from), fixed: first.text });
    else if (isAffected && !staysAffected) ranges.push({ ...startOf(from ?? first), lastAffected: first.text });
    from = staysAffected ? (from ?? first) : undefined;
  }
  if (from) ranges.push(startOf(from));
  return ranges;
}

function startOf<Version>({ text, version }: Event<Version>): AffectedRange {
  return version === undefined ? {} : { introduced: text };
}

function cutAt<Version>(
  ranges: readonly AffectedRange[],
  limit: Version,
  written: string,
  ordering: VersionOrdering<Version>,
): AffectedRange[] {
  const reaches = (text: string | undefined) => {
    const version = text === undefined ? undefined : ordering.parse(text);
    return version !== undefined && ordering.compare(version, limit) >= 0;
  };
  const isBeyond = (text: string) => {
    const version = ordering.parse(text);
    return version !== undefined && ordering.compare(version, limit) > 0;
  };
  return ranges.flatMap((range) => {
    if (reaches(range.introduced)) return [];
    const { introduced, fixed, lastAffected } = range;
    const isOpen = fixed === undefined && lastAffected === undefined;
    if (!isOpen && !(fixed !== undefined && isBeyond(fixed)) && !reaches(lastAffected)) return [range];
    return [{ ...(introduced === undefined ? {} : { introduced }), before: written }];
  });
}

/** Whether a version lies in a range. All of the range's own versions can be read, as `rangesOfEvents` has seen. */
export function isInRange<Version>(
  version: Version,
  { introduced, fixed, lastAffected, before }: AffectedRange,
  { parse, compare }: VersionOrdering<Version>,
): boolean {
  const against = (text: string | undefined) => {
    const bound = text === undefined ? undefined : parse(text);
    return bound === undefined ? undefined : compare(version, bound);
  };
  if ((against(introduced) ?? 0) < 0) return false;
  const end = fixed ?? before;
  if (end !== undefined) return (against(end) ?? 0) < 0;
  return (against(lastAffected) ?? -1) <= 0;
}
