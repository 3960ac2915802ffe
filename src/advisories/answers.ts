import type { AffectedRange, MatchDoubt } from '../model/vulnerability.ts';
import { orderingOf } from '../versions/ecosystems.ts';
import type { VersionOrdering } from '../versions/ordering.ts';
import type { AdvisoryEntry } from './entry.ts';
import type { AdvisoryLookup } from './lookup.ts';
import { ownBuilds } from './own-build.ts';
import type { Question } from './question.ts';
import { isInRange } from './ranges.ts';
import type { UncoveredReason } from './uncovered.ts';

/** A question that there is data for, and the advisories in whose ranges the version lies. */
export interface Answer {
  readonly question: Question;
  readonly ecosystem: string;
  readonly ordering: VersionOrdering;
  readonly hits: readonly Hit[];
  readonly compared: number;
  /** Advisories about it whose ranges could not be read. */
  readonly unread: number;
}

export interface Hit {
  readonly entry: AdvisoryEntry;
  /** Absent where the version stands in the list of single versions. */
  readonly range?: AffectedRange;
}

/** Why nothing is known instead, where no question can be answered. */
export function answersTo(questions: readonly Question[], lookup: AdvisoryLookup): readonly Answer[] | UncoveredReason {
  const answers: Answer[] = [];
  let why: UncoveredReason = 'no-data';
  for (const question of questions) {
    const { ecosystem, alternatives = [] } = question;
    const place = [ecosystem, ...alternatives].find(lookup.hasEcosystem);
    const ordering = place === undefined ? undefined : orderingOf(place);
    if (place === undefined || !ordering) continue;
    const version = ordering.parse(question.version);
    if (version === undefined) {
      why = 'odd-version';
      continue;
    }
    if (question.isSourceUnknown && lookup.entriesOf(place, question.name).length === 0) {
      why = 'unknown-source';
      continue;
    }
    const doubts: readonly MatchDoubt[] =
      place === ecosystem || question.doubts.includes('rebuild') ? question.doubts : [...question.doubts, 'rebuild'];
    answers.push({
      ...hitsOf(question, version, place, ordering, lookup),
      question: { ...question, doubts },
      ecosystem: place,
      ordering,
    });
  }
  return answers.length > 0 ? answers : why;
}

function hitsOf(
  question: Question,
  version: unknown,
  ecosystem: string,
  ordering: VersionOrdering,
  lookup: AdvisoryLookup,
): Pick<Answer, 'hits' | 'compared' | 'unread'> {
  const hits: Hit[] = [];
  let compared = 0;
  let unread = 0;
  const { overruledBy } = question;
  const overruled = new Set(
    overruledBy === undefined ? [] : lookup.entriesOf(overruledBy, question.name).map(({ advisory }) => advisory),
  );
  const entries = lookup
    .entriesOf(ecosystem, question.name)
    // What was built for a module stream has nothing to do with what was not.
    .filter(({ advisory, module }) => module === question.module && !overruled.has(advisory));
  for (const entry of ownBuilds(entries, question.version, ordering)) {
    if (entry.ranges.length === 0 && entry.versions.length === 0) {
      unread += 1;
      continue;
    }
    const range = entry.ranges.find((each) => {
      compared += 1;
      return isInRange(version, each, ordering);
    });
    if (range) hits.push({ entry, range });
    else if (entry.versions.includes(question.version)) hits.push({ entry });
  }
  return { hits, compared, unread };
}
