import { otherMetrics, readMetrics } from './metrics.ts';

const impactWeights = { N: 0, L: 0.22, H: 0.56 };

const other = otherMetrics({
  E: 'X U P F H',
  RL: 'X O T W U',
  RC: 'X U R C',
  CR: 'X L M H',
  IR: 'X L M H',
  AR: 'X L M H',
  MAV: 'X N A L P',
  MAC: 'X L H',
  MPR: 'X N L H',
  MUI: 'X N R',
  MS: 'X U C',
  MC: 'X N L H',
  MI: 'X N L H',
  MA: 'X N L H',
});

const base = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: impactWeights,
  I: impactWeights,
  A: impactWeights,
};

const unchangedScope = { base: { ...base, S: { U: 0 } }, other };
const changedScope = { base: { ...base, PR: { N: 0.85, L: 0.68, H: 0.5 }, S: { C: 1 } }, other };

/**
 * The base score, 0 to 10, of a vector of CVSS 3.0 or 3.1 without its beginning: `AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H`.
 * https://www.first.org/cvss/v3-1/specification-document#7-4-Metric-Values
 *
 * @returns `undefined` where it is not well formed
 */
export function baseScoreOfVersion3(written: string): number | undefined {
  const unchanged = readMetrics(written, unchangedScope);
  const metrics = unchanged ?? readMetrics(written, changedScope);
  if (!metrics) return undefined;
  const share = 1 - (1 - metrics.C) * (1 - metrics.I) * (1 - metrics.A);
  if (share === 0) return 0;
  const impact = unchanged ? 6.42 * share : 7.52 * (share - 0.029) - 3.25 * (share - 0.02) ** 15;
  const exploitability = 8.22 * metrics.AV * metrics.AC * metrics.PR * metrics.UI;
  return roundUp(Math.min(unchanged ? impact + exploitability : 1.08 * (impact + exploitability), 10));
}

/** The lowest tenth that is not below a score, as 3.1 finds it in spite of errors of floating point. 3.0 means the same and says only that. */
function roundUp(score: number): number {
  const fine = Math.round(score * 100_000);
  return Math.ceil(fine / 10_000) / 10;
}
