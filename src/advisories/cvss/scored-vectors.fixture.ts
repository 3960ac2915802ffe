import type { CvssVersion } from './score.ts';

/**
 * For tests: vectors with their base scores by version, each the same by two calculators that know nothing of ours; the first of each
 * version are examples of the specifications. Four of 4.0 are exactly halves of a tenth, which were rounded down until the authors of the
 * specification mended it: one calculator still does.
 */
export const scoredVectors: readonly (readonly [CvssVersion, string])[] = [
  [
    '2.0',
    `
    7.8 AV:N/AC:L/Au:N/C:N/I:N/A:C
    10.0 AV:N/AC:L/Au:N/C:C/I:C/A:C
    6.2 AV:L/AC:H/Au:N/C:C/I:C/A:C
    4.7 AV:A/AC:L/Au:M/C:P/I:P/A:P
    5.2 AV:A/AC:M/Au:S/C:N/I:C/A:N
    3.6 AV:N/AC:H/Au:S/C:P/I:P/A:N
    5.0 AV:L/AC:M/Au:S/C:C/I:N/A:P
    5.9 AV:L/AC:M/Au:N/C:P/I:P/A:C
    0.0 AV:L/AC:H/Au:M/C:N/I:N/A:N
    6.4 AV:N/AC:M/Au:M/C:N/I:C/A:P
    5.3 AV:A/AC:H/Au:N/C:C/I:P/A:N
    5.8 AV:A/AC:M/Au:S/C:P/I:N/A:C
    5.2 AV:L/AC:L/Au:S/C:P/I:C/A:N
    5.1 AV:N/AC:H/Au:N/C:P/I:P/A:P
    6.2 AV:L/AC:L/Au:M/C:C/I:P/A:C
    2.4 AV:L/AC:H/Au:S/C:N/I:P/A:P
    6.3 AV:N/AC:M/Au:S/C:N/I:N/A:C
    4.7 AV:A/AC:H/Au:M/C:N/I:C/A:P
    6.8 AV:L/AC:L/Au:N/C:P/I:C/A:C
    7.8 AV:N/AC:M/Au:N/C:N/I:P/A:C
    4.4 AV:L/AC:H/Au:M/C:P/I:C/A:N
    1.7 AV:L/AC:L/Au:S/C:N/I:N/A:P
    7.1 AV:N/AC:H/Au:N/C:C/I:C/A:N
    7.8 AV:A/AC:L/Au:N/C:N/I:C/A:C
    6.2 AV:L/AC:L/Au:S/C:N/I:C/A:C
    6.4 AV:N/AC:L/Au:N/C:N/I:P/A:P
    5.3 AV:N/AC:H/Au:M/C:C/I:N/A:P
    5.0 AV:A/AC:H/Au:S/C:N/I:C/A:P
    6.6 AV:N/AC:H/Au:N/C:C/I:P/A:P
    2.7 AV:A/AC:L/Au:S/C:N/I:P/A:N
    5.8 AV:A/AC:M/Au:S/C:P/I:C/A:N
    7.1 AV:A/AC:L/Au:S/C:N/I:C/A:C
    6.0 AV:L/AC:M/Au:M/C:C/I:P/A:C
    5.6 AV:L/AC:H/Au:M/C:P/I:C/A:C
    3.5 AV:N/AC:M/Au:S/C:N/I:P/A:N
    4.9 AV:L/AC:H/Au:M/C:P/I:C/A:P
    6.7 AV:A/AC:L/Au:S/C:P/I:P/A:C
    6.2 AV:A/AC:L/Au:M/C:P/I:P/A:C
    3.8 AV:A/AC:M/Au:S/C:N/I:P/A:P
    4.4 AV:L/AC:H/Au:M/C:C/I:P/A:N
    7.5 AV:N/AC:L/Au:S/C:P/I:N/A:C
    1.2 AV:A/AC:H/Au:M/C:P/I:N/A:N
    5.5 AV:A/AC:L/Au:S/C:C/I:N/A:N
    6.9 AV:A/AC:L/Au:M/C:P/I:C/A:C
    6.9 AV:N/AC:M/Au:M/C:C/I:P/A:P
    2.9 AV:L/AC:L/Au:M/C:P/I:N/A:P
    6.5 AV:A/AC:H/Au:N/C:C/I:P/A:C
    7.7 AV:N/AC:L/Au:M/C:C/I:N/A:C
    0.0 AV:L/AC:M/Au:M/C:N/I:N/A:N
    7.0 AV:A/AC:M/Au:S/C:C/I:C/A:P
    3.2 AV:L/AC:L/Au:S/C:P/I:P/A:N
    5.6 AV:L/AC:H/Au:M/C:C/I:C/A:P
    4.4 AV:L/AC:M/Au:S/C:N/I:N/A:C
    6.0 AV:L/AC:M/Au:M/C:P/I:C/A:C
    3.5 AV:N/AC:M/Au:S/C:P/I:N/A:N
    6.4 AV:N/AC:M/Au:M/C:P/I:N/A:C
    5.2 AV:L/AC:L/Au:S/C:C/I:N/A:P
    5.7 AV:L/AC:H/Au:S/C:C/I:C/A:P
    5.8 AV:A/AC:H/Au:N/C:P/I:C/A:P
    0.0 AV:L/AC:L/Au:S/C:N/I:N/A:N
    5.4 AV:N/AC:H/Au:N/C:N/I:N/A:C
    5.6 AV:N/AC:H/Au:S/C:C/I:P/A:N
    6.4 AV:N/AC:L/Au:N/C:P/I:P/A:N
    5.5 AV:L/AC:M/Au:S/C:P/I:C/A:P
  `,
  ],
  [
    '3.0',
    `
    6.1 AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N
    6.4 AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N
    3.1 AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N
    9.9 AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H
    4.2 AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L
    8.8 AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H
    7.8 AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H
    7.5 AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N
    9.8 AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
    6.8 AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N
    6.8 AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
    5.8 AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:L/A:N
    9.3 AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H
    10.0 AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H
    0.0 AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N
    4.0 AV:A/AC:H/PR:L/UI:R/S:C/C:N/I:L/A:L
    6.5 AV:P/AC:H/PR:H/UI:R/S:C/C:H/I:N/A:H
    6.4 AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:N/A:L
    4.6 AV:A/AC:H/PR:H/UI:R/S:U/C:L/I:H/A:N
    6.2 AV:P/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:H
    5.6 AV:P/AC:H/PR:N/UI:R/S:C/C:N/I:H/A:L
    3.5 AV:N/AC:L/PR:H/UI:R/S:U/C:N/I:L/A:L
    6.3 AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:H/A:H
    4.7 AV:L/AC:H/PR:H/UI:N/S:U/C:H/I:L/A:N
    1.8 AV:P/AC:H/PR:H/UI:R/S:C/C:L/I:N/A:N
    5.1 AV:P/AC:H/PR:N/UI:R/S:U/C:H/I:L/A:L
    5.2 AV:P/AC:L/PR:L/UI:R/S:U/C:L/I:H/A:L
    6.8 AV:A/AC:H/PR:L/UI:R/S:C/C:L/I:H/A:L
    6.0 AV:L/AC:H/PR:L/UI:R/S:U/C:H/I:H/A:N
    2.2 AV:N/AC:H/PR:H/UI:N/S:U/C:L/I:N/A:N
    6.1 AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:L/A:H
    2.7 AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:L/A:L
    4.2 AV:L/AC:H/PR:L/UI:N/S:C/C:N/I:L/A:L
    7.7 AV:N/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:H
    6.0 AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:L/A:L
    5.9 AV:L/AC:H/PR:N/UI:N/S:C/C:H/I:N/A:N
    3.0 AV:A/AC:L/PR:L/UI:R/S:U/C:N/I:L/A:N
    8.2 AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:H
    5.6 AV:A/AC:H/PR:H/UI:R/S:U/C:N/I:H/A:H
    6.1 AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:L/A:N
    0.0 AV:N/AC:H/PR:H/UI:R/S:C/C:N/I:N/A:N
    5.7 AV:P/AC:L/PR:L/UI:R/S:U/C:H/I:H/A:N
    8.2 AV:N/AC:L/PR:H/UI:N/S:C/C:L/I:H/A:L
    3.3 AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:N
    5.7 AV:P/AC:L/PR:H/UI:N/S:C/C:N/I:L/A:H
    4.6 AV:A/AC:H/PR:N/UI:R/S:U/C:L/I:L/A:L
    6.4 AV:L/AC:H/PR:H/UI:R/S:C/C:L/I:L/A:H
    5.9 AV:N/AC:L/PR:H/UI:R/S:C/C:L/I:L/A:L
    6.8 AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:N
    5.5 AV:N/AC:H/PR:H/UI:N/S:C/C:L/I:L/A:L
    5.4 AV:P/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H
    5.7 AV:P/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:L
    4.4 AV:L/AC:L/PR:H/UI:N/S:U/C:N/I:H/A:N
    0.0 AV:L/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:N
    5.3 AV:P/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:H
    7.5 AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:N/A:L
    5.9 AV:P/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:H
    5.0 AV:L/AC:L/PR:L/UI:R/S:U/C:H/I:N/A:N
    8.1 AV:L/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:L
    3.9 AV:L/AC:H/PR:H/UI:N/S:C/C:L/I:L/A:N
    8.5 AV:L/AC:L/PR:N/UI:R/S:C/C:L/I:H/A:H
    0.0 AV:L/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N
    6.6 AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H
    7.7 AV:N/AC:H/PR:L/UI:N/S:C/C:H/I:L/A:L
  `,
  ],
  [
    '3.1',
    `
    6.1 AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N
    6.4 AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N
    3.1 AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N
    9.9 AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H
    4.2 AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L
    8.8 AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H
    7.8 AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H
    7.5 AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N
    9.8 AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
    6.8 AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N
    6.8 AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
    5.8 AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:L/A:N
    9.3 AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H
    10.0 AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H
    0.0 AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N
    5.9 AV:A/AC:H/PR:H/UI:R/S:C/C:N/I:H/A:L
    5.5 AV:P/AC:H/PR:L/UI:R/S:C/C:H/I:N/A:L
    5.1 AV:A/AC:H/PR:L/UI:R/S:U/C:N/I:L/A:H
    0.0 AV:L/AC:H/PR:H/UI:N/S:C/C:N/I:N/A:N
    6.9 AV:P/AC:L/PR:H/UI:R/S:C/C:H/I:L/A:H
    8.8 AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:H/A:L
    6.5 AV:A/AC:H/PR:L/UI:N/S:C/C:L/I:H/A:N
    6.3 AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:H/A:H
    0.0 AV:P/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:N
    7.3 AV:N/AC:H/PR:H/UI:R/S:C/C:H/I:H/A:N
    2.8 AV:P/AC:L/PR:H/UI:R/S:U/C:L/I:N/A:L
    8.7 AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:L
    4.8 AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N
    4.8 AV:P/AC:L/PR:L/UI:R/S:U/C:L/I:H/A:N
    6.6 AV:L/AC:L/PR:L/UI:R/S:U/C:H/I:H/A:N
    5.3 AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:H
    3.6 AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:N
    5.0 AV:L/AC:H/PR:L/UI:R/S:C/C:L/I:L/A:L
    3.0 AV:N/AC:H/PR:H/UI:N/S:C/C:L/I:N/A:N
    7.1 AV:L/AC:L/PR:N/UI:N/S:C/C:N/I:H/A:N
    5.0 AV:L/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N
    3.7 AV:P/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L
    3.4 AV:A/AC:L/PR:H/UI:N/S:C/C:N/I:N/A:L
    7.6 AV:A/AC:L/PR:L/UI:N/S:C/C:N/I:L/A:H
    8.5 AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:H/A:N
    6.4 AV:A/AC:H/PR:N/UI:R/S:C/C:N/I:H/A:L
    6.0 AV:A/AC:H/PR:H/UI:N/S:U/C:L/I:H/A:H
    3.5 AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:L
    3.9 AV:A/AC:H/PR:H/UI:N/S:U/C:L/I:L/A:L
    5.1 AV:A/AC:H/PR:L/UI:R/S:U/C:N/I:H/A:L
    7.9 AV:L/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:N
    0.0 AV:P/AC:L/PR:L/UI:R/S:U/C:N/I:N/A:N
    5.4 AV:A/AC:L/PR:H/UI:R/S:C/C:L/I:L/A:L
    5.7 AV:A/AC:L/PR:H/UI:R/S:C/C:N/I:N/A:H
    7.0 AV:P/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H
    6.1 AV:A/AC:L/PR:L/UI:R/S:C/C:N/I:H/A:N
    6.1 AV:L/AC:L/PR:L/UI:R/S:U/C:L/I:H/A:L
    6.3 AV:A/AC:L/PR:L/UI:R/S:U/C:L/I:H/A:L
    2.2 AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N
    7.2 AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:L/A:L
    4.8 AV:A/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N
    4.6 AV:P/AC:H/PR:H/UI:R/S:C/C:N/I:H/A:N
    4.9 AV:P/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:H
    7.6 AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:L
    3.2 AV:P/AC:L/PR:L/UI:N/S:U/C:N/I:L/A:L
    7.5 AV:P/AC:L/PR:N/UI:N/S:C/C:L/I:H/A:H
    2.1 AV:P/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:L
    5.0 AV:N/AC:H/PR:H/UI:N/S:U/C:N/I:L/A:H
    5.7 AV:P/AC:L/PR:L/UI:R/S:C/C:N/I:L/A:H
  `,
  ],
  [
    '4.0',
    `
    0.0 AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N
    4.6 AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N
    5.1 AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N
    6.9 AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N
    7.3 AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
    8.5 AV:N/AC:L/AT:N/PR:L/UI:A/VC:H/VI:H/VA:H/SC:L/SI:L/SA:N
    9.3 AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
    10.0 AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H
    5.7 AV:L/AC:H/AT:P/PR:N/UI:A/VC:H/VI:L/VA:N/SC:L/SI:N/SA:N
    5.7 AV:L/AC:L/AT:P/PR:H/UI:N/VC:L/VI:N/VA:H/SC:L/SI:N/SA:N
    5.7 AV:N/AC:H/AT:N/PR:H/UI:A/VC:L/VI:N/VA:H/SC:L/SI:L/SA:L
    8.6 AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:L/VA:N/SC:H/SI:H/SA:H
    1.0 AV:P/AC:H/AT:P/PR:L/UI:P/VC:N/VI:L/VA:L/SC:N/SI:N/SA:L
    5.8 AV:A/AC:H/AT:N/PR:H/UI:A/VC:N/VI:H/VA:L/SC:H/SI:H/SA:N
    5.3 AV:A/AC:H/AT:P/PR:L/UI:N/VC:L/VI:N/VA:L/SC:H/SI:L/SA:H
    7.0 AV:P/AC:L/AT:N/PR:H/UI:P/VC:L/VI:H/VA:N/SC:L/SI:H/SA:H
    8.9 AV:A/AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:L/SC:H/SI:H/SA:L
    7.1 AV:A/AC:H/AT:P/PR:N/UI:P/VC:N/VI:L/VA:H/SC:H/SI:N/SA:H
    4.4 AV:L/AC:L/AT:N/PR:H/UI:P/VC:N/VI:N/VA:L/SC:N/SI:H/SA:H
    5.2 AV:P/AC:L/AT:N/PR:H/UI:P/VC:H/VI:N/VA:H/SC:L/SI:L/SA:N
    2.4 AV:A/AC:L/AT:N/PR:L/UI:P/VC:L/VI:L/VA:N/SC:N/SI:L/SA:L
    5.6 AV:N/AC:L/AT:P/PR:L/UI:N/VC:N/VI:L/VA:L/SC:L/SI:H/SA:H
    6.9 AV:L/AC:H/AT:P/PR:H/UI:N/VC:H/VI:L/VA:N/SC:H/SI:L/SA:L
    7.0 AV:P/AC:L/AT:N/PR:N/UI:A/VC:H/VI:L/VA:L/SC:H/SI:N/SA:H
    5.2 AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:L/SI:N/SA:L
    6.8 AV:A/AC:L/AT:N/PR:L/UI:A/VC:N/VI:L/VA:H/SC:L/SI:N/SA:H
    8.2 AV:N/AC:L/AT:N/PR:H/UI:P/VC:N/VI:H/VA:L/SC:L/SI:H/SA:N
    7.1 AV:N/AC:H/AT:N/PR:H/UI:N/VC:N/VI:H/VA:H/SC:L/SI:H/SA:L
    7.2 AV:N/AC:H/AT:N/PR:L/UI:N/VC:H/VI:N/VA:L/SC:H/SI:N/SA:H
    5.7 AV:A/AC:L/AT:P/PR:L/UI:A/VC:N/VI:H/VA:H/SC:N/SI:H/SA:N
    6.3 AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:L/SC:H/SI:H/SA:L
    8.8 AV:N/AC:H/AT:P/PR:N/UI:P/VC:H/VI:H/VA:L/SC:H/SI:N/SA:L
    4.4 AV:L/AC:L/AT:N/PR:L/UI:P/VC:N/VI:L/VA:L/SC:H/SI:L/SA:L
    4.3 AV:P/AC:H/AT:P/PR:L/UI:N/VC:L/VI:H/VA:N/SC:N/SI:L/SA:N
    6.0 AV:L/AC:L/AT:N/PR:H/UI:N/VC:L/VI:N/VA:L/SC:H/SI:L/SA:L
    8.2 AV:A/AC:L/AT:N/PR:N/UI:A/VC:H/VI:L/VA:N/SC:H/SI:L/SA:N
    7.0 AV:N/AC:H/AT:P/PR:N/UI:N/VC:N/VI:L/VA:L/SC:H/SI:L/SA:L
    7.1 AV:N/AC:L/AT:P/PR:N/UI:A/VC:N/VI:H/VA:H/SC:L/SI:N/SA:H
    6.9 AV:A/AC:L/AT:P/PR:N/UI:A/VC:N/VI:L/VA:H/SC:L/SI:N/SA:H
    8.5 AV:A/AC:L/AT:N/PR:L/UI:N/VC:H/VI:L/VA:H/SC:H/SI:H/SA:H
    8.8 AV:L/AC:H/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H
    1.8 AV:P/AC:L/AT:P/PR:N/UI:P/VC:L/VI:L/VA:L/SC:H/SI:N/SA:N
    6.3 AV:N/AC:L/AT:N/PR:L/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:H
    5.2 AV:A/AC:L/AT:N/PR:L/UI:P/VC:N/VI:H/VA:H/SC:N/SI:N/SA:L
    1.0 AV:P/AC:H/AT:P/PR:L/UI:N/VC:L/VI:N/VA:L/SC:L/SI:N/SA:L
    6.9 AV:L/AC:H/AT:N/PR:L/UI:N/VC:H/VI:N/VA:H/SC:H/SI:N/SA:N
    6.9 AV:P/AC:L/AT:N/PR:N/UI:A/VC:H/VI:L/VA:N/SC:H/SI:N/SA:H
    5.7 AV:L/AC:L/AT:P/PR:H/UI:N/VC:H/VI:L/VA:L/SC:L/SI:L/SA:L
    6.8 AV:P/AC:L/AT:N/PR:H/UI:A/VC:L/VI:L/VA:H/SC:N/SI:N/SA:H
    2.1 AV:A/AC:H/AT:N/PR:H/UI:A/VC:N/VI:L/VA:L/SC:H/SI:L/SA:L
    5.7 AV:L/AC:L/AT:P/PR:H/UI:N/VC:L/VI:H/VA:H/SC:N/SI:L/SA:N
    5.3 AV:A/AC:H/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:H/SI:N/SA:H
    7.0 AV:L/AC:H/AT:N/PR:N/UI:P/VC:N/VI:N/VA:H/SC:H/SI:L/SA:H
    7.5 AV:N/AC:H/AT:P/PR:L/UI:P/VC:H/VI:H/VA:H/SC:N/SI:L/SA:N
    1.0 AV:A/AC:L/AT:P/PR:L/UI:A/VC:L/VI:N/VA:L/SC:L/SI:N/SA:N
    1.8 AV:P/AC:H/AT:P/PR:N/UI:A/VC:N/VI:L/VA:L/SC:N/SI:N/SA:H
    4.8 AV:A/AC:H/AT:P/PR:N/UI:P/VC:L/VI:L/VA:N/SC:H/SI:N/SA:L
    2.1 AV:L/AC:L/AT:P/PR:H/UI:A/VC:N/VI:N/VA:N/SC:H/SI:L/SA:L
    5.8 AV:L/AC:H/AT:N/PR:N/UI:P/VC:N/VI:L/VA:H/SC:L/SI:N/SA:L
    7.3 AV:A/AC:L/AT:P/PR:N/UI:N/VC:L/VI:H/VA:H/SC:L/SI:L/SA:H
    8.8 AV:N/AC:H/AT:N/PR:L/UI:P/VC:H/VI:H/VA:H/SC:H/SI:L/SA:H
    4.1 AV:A/AC:L/AT:N/PR:H/UI:A/VC:L/VI:N/VA:L/SC:N/SI:N/SA:H
    4.6 AV:P/AC:L/AT:P/PR:H/UI:N/VC:H/VI:L/VA:H/SC:N/SI:N/SA:N
    8.3 AV:N/AC:L/AT:N/PR:H/UI:A/VC:H/VI:H/VA:L/SC:L/SI:N/SA:L
  `,
  ],
];
