import type { Severity } from '../model/severity.ts';
import type { VulnerabilitySeverity } from '../model/vulnerability.ts';
import type { Rating } from './advisory.ts';
import { type CvssScore, cvssScore, type CvssVersion, cvssVersions } from './cvss/score.ts';
import { meaningOfWord, rankOfSource, type WordMeaning } from './severity-words.ts';

/** The source of vectors that nobody in particular stands for. */
const unnamedSource = 'record';

/** A rating in a word that means something. */
interface Worded extends WordMeaning {
  readonly rating: Rating;
}

/** A rating by a vector that can be scored. */
interface Scored extends CvssScore {
  readonly rating: Rating;
  readonly vector: string;
}

/**
 * How bad a vulnerability is. Words count before vectors; then what is said of exactly this vulnerability before what is said of all in the
 * advisory; then among words the source that knows best, and among vectors the newest version of CVSS; then what comes first. A word that
 * says little counts where there is no vector. With a word comes its own vector, or the one that would count without it.
 *
 * @param of the vulnerability, as in `Rating.of`; what is said of others does not count
 * @returns `unknown` where nobody says anything, with the source where somebody says just that
 */
export function severityOf(ratings: readonly Rating[], of: string | undefined): VulnerabilitySeverity {
  let word: Worded | undefined;
  let weakWord: Worded | undefined;
  let vector: Scored | undefined;
  for (const rating of ratings) {
    if (rating.of !== undefined && rating.of !== of) continue;
    const ours = worded(rating);
    if (ours?.isWeak) weakWord = firstOf(weakWord, ours, compareWords);
    else if (ours) word = firstOf(word, ours, compareWords);
    const scoredBy = scored(rating);
    if (scoredBy) vector = firstOf(vector, scoredBy, compareVectors);
  }
  if (word) return { level: word.level, source: word.rating.source, ...withVector(scored(word.rating) ?? vector) };
  if (vector) {
    const { rating, version, score } = vector;
    const source = rating.source === unnamedSource ? `cvss ${version}` : rating.source;
    return { level: levelOfScore(version, score), source, ...withVector(vector) };
  }
  return { level: weakWord?.level ?? 'unknown', source: weakWord?.rating.source ?? '' };
}

function firstOf<T>(before: T | undefined, next: T, compare: (left: T, right: T) => number): T {
  return before !== undefined && compare(before, next) <= 0 ? before : next;
}

function worded(rating: Rating): Worded | undefined {
  const meaning = rating.word === undefined ? undefined : meaningOfWord(rating.source, rating.word);
  return meaning && { rating, ...meaning };
}

function scored(rating: Rating): Scored | undefined {
  const { vector } = rating;
  const score = vector === undefined ? undefined : cvssScore(vector);
  return vector === undefined ? undefined : score && { rating, vector, ...score };
}

function compareWords(left: Worded, right: Worded): number {
  return compareAim(left.rating, right.rating) || rankOfSource(left.rating.source) - rankOfSource(right.rating.source);
}

function compareVectors(left: Scored, right: Scored): number {
  return (
    compareAim(left.rating, right.rating) || cvssVersions.indexOf(left.version) - cvssVersions.indexOf(right.version)
  );
}

/** What is said of exactly one vulnerability comes first. */
function compareAim(left: Rating, right: Rating): number {
  return Number(left.of === undefined) - Number(right.of === undefined);
}

function withVector(rated: Scored | undefined): Pick<VulnerabilitySeverity, 'vector' | 'score'> {
  return rated ? { vector: rated.vector, score: rated.score } : {};
}

/** The scale of the specification. Version 2 has none of its own, and NVD's for it has neither a worst word nor one for no harm at all. */
function levelOfScore(version: CvssVersion, score: number): Severity {
  if (version === '2.0') return score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}
