/** The day up to which these lists were compared with what upstream publishes. */
export const endOfLifeReviewed = '2026-11-22';

export interface ReleaseSeries {
  /** `major.minor`. */
  readonly name: string;
  /** The day on which its maintenance ends or ended; absent while no day is known. */
  readonly ends?: string;
}

/**
 * Series of what Docker Engine starts containers with, in their order; its own lines stand in `release-lines.ts`.
 *
 * containerd writes the days down (`RELEASES.md`). runc maintains the newest series and the two before it: a series
 * ends with the release of the third one after it, for 1.3 the planned day of that; 1.0 and 1.1 ended with 1.3.0.
 */
export const releaseSeries: Readonly<Record<'containerd' | 'runc', readonly ReleaseSeries[]>> = {
  containerd: [
    { name: '1.0', ends: '2018-12-05' },
    { name: '1.1', ends: '2019-10-23' },
    { name: '1.2', ends: '2020-10-15' },
    { name: '1.3', ends: '2021-03-04' },
    { name: '1.4', ends: '2022-03-03' },
    { name: '1.5', ends: '2023-02-28' },
    { name: '1.6', ends: '2025-08-23' },
    { name: '1.7', ends: '2026-09-30' },
    { name: '2.0', ends: '2025-11-07' },
    { name: '2.1', ends: '2026-05-05' },
    { name: '2.2', ends: '2026-11-06' },
    { name: '2.3', ends: '2028-04-27' },
  ],
  runc: [
    { name: '1.0', ends: '2025-04-29' },
    { name: '1.1', ends: '2025-04-29' },
    { name: '1.2', ends: '2026-06-19' },
    { name: '1.3', ends: '2026-10-31' },
    { name: '1.4' },
    { name: '1.5' },
  ],
};
