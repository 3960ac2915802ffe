import type { Baseline } from './baseline.ts';
import { defaultBaseline } from './default.ts';
import { strictBaseline } from './strict.ts';

/** Every baseline, the default first. */
export const baselines: readonly Baseline[] = [defaultBaseline, strictBaseline];
