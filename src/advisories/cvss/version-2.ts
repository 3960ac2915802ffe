import { otherMetrics, readMetrics } from './metrics.ts';

const impactWeights = { N: 0, P: 0.275, C: 0.66 };

const table = {
  base: {
    AV: { L: 0.395, A: 0.646, N: 1 },
    AC: { H: 0.35, M: 0.61, L: 0.71 },
    Au: { M: 0.45, S: 0.56, N: 0.704 },
    C: impactWeights,
    I: impactWeights,
    A: impactWeights,
  },
  other: otherMetrics({
    E: 'U POC F H ND',
    RL: 'OF TF W U ND',
    RC: 'UC UR C ND',
    CDP: 'N L LM MH H ND',
    TD: 'N L M H ND',
    CR: 'L M H ND',
    IR: 'L M H ND',
    AR: 'L M H ND',
  }),
};

/**
 * The base score, 0 to 10, of a vector of CVSS 2: `AV:N/AC:L/Au:N/C:P/I:P/A:P`. https://www.first.org/cvss/v2/guide
 *
 * @returns `undefined` where it is not well formed
 */
export function baseScoreOfVersion2(written: string): number | undefined {
  const metrics = readMetrics(written, table);
  if (!metrics) return undefined;
  const impact = 10.41 * (1 - (1 - metrics.C) * (1 - metrics.I) * (1 - metrics.A));
  if (impact === 0) return 0;
  const exploitability = 20 * metrics.AV * metrics.AC * metrics.Au;
  // Not one of the 729 results is near enough to a half for errors of floating point to count.
  return Math.round((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176 * 10) / 10;
}
