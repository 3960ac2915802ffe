import { baseScoreOfVersion2 } from './version-2.ts';
import { baseScoreOfVersion3 } from './version-3.ts';
import { baseScoreOfVersion4 } from './version-4.ts';

/** From the newest to the oldest. */
export const cvssVersions = ['4.0', '3.1', '3.0', '2.0'] as const;
export type CvssVersion = (typeof cvssVersions)[number];

export interface CvssScore {
  readonly version: CvssVersion;
  /** Of the base metrics alone, 0 to 10, in tenths. */
  readonly score: number;
}

/** With all metrics there are, the longest vector has about 200 characters. */
const longestVector = 500;

/**
 * The base score of a vector of CVSS, which other metrics in it (of time, threats, surroundings) do not change.
 *
 * @param vector `CVSS:4.0/AV:N/…`; of version 2 without such a beginning, perhaps in parentheses
 * @returns `undefined` where the vector is not well formed, or of a version that is not known
 */
export function cvssScore(vector: string): CvssScore | undefined {
  if (vector.length > longestVector) return undefined;
  if (scores.has(vector)) return scores.get(vector);
  const score = computedScore(vector);
  if (scores.size >= mostRemembered) scores.clear();
  scores.set(vector, score);
  return score;
}

/** Of a hundred thousand vulnerabilities many have the same vector: there are some two thousand in all. */
const scores = new Map<string, CvssScore | undefined>();
const mostRemembered = 4096;

function computedScore(vector: string): CvssScore | undefined {
  const [, written3or4, metrics] = /^CVSS:(4\.0|3\.[01])\/(.*)$/s.exec(vector) ?? [];
  const version = cvssVersions.find((each) => each === written3or4) ?? '2.0';
  const score = metrics === undefined ? baseScoreOfVersion2(withoutParentheses(vector)) : baseScoreOf(version, metrics);
  return score === undefined ? undefined : { version, score };
}

function baseScoreOf(version: CvssVersion, metrics: string): number | undefined {
  return version === '4.0' ? baseScoreOfVersion4(metrics) : baseScoreOfVersion3(metrics);
}

/** As NVD writes vectors of version 2. */
function withoutParentheses(vector: string): string {
  return vector.startsWith('(') && vector.endsWith(')') ? vector.slice(1, -1) : vector;
}
