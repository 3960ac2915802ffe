import type { Baseline } from './baseline.ts';
import { cisDockerBaseline } from './cis-docker.ts';
import { defaultBaseline } from './default.ts';
import { pssBaseline } from './pss-baseline.ts';
import { pssRestricted } from './pss-restricted.ts';
import { strictBaseline } from './strict.ts';

/** Every baseline, the default first. */
export const baselines: readonly Baseline[] = [
  defaultBaseline,
  strictBaseline,
  cisDockerBaseline,
  pssBaseline,
  pssRestricted,
];
