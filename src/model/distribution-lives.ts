/**
 * One release: its version; the last day on which everybody gets fixes of flaws; the last day of fixes that need a contract or an
 * effort of its own. A day that is not there is not known yet.
 */
export type ReleaseLife = readonly [version: string, ends?: string, extendedEnds?: string];

export interface DistributionLives {
  /** How much of a version names a release: `12.5` is of Debian 12, `3.20.1` of Alpine 3.20. */
  readonly by: 'major' | 'branch' | 'whole';
  readonly releases: readonly ReleaseLife[];
}
