import { dirname } from 'node:path';
import type { PlanContext } from '../planning.ts';

/** Folders above a file that have to be made for it, outermost first. */
export function missingFolders(path: string, { realPath }: Pick<PlanContext, 'realPath'>): string[] {
  const missing: string[] = [];
  for (let folder = dirname(path); folder !== '/' && realPath(folder) === undefined; folder = dirname(folder)) {
    missing.unshift(folder);
  }
  return missing;
}
