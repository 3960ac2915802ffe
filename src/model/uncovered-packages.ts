import type { UncoveredPackages } from './vulnerability.ts';

/** Whether more may be wrong than is known. Of what others packed, or what never runs, no data will ever tell. */
export function leavesUnknown({ code }: Pick<UncoveredPackages, 'code'>): boolean {
  return deciding.has(code);
}

const deciding: ReadonlySet<string> = new Set([
  'no-data',
  'no-distribution',
  'no-release',
  'odd-version',
  'other-distribution',
  'uncovered-distribution',
  'unknown-module-stream',
  'unreadable-advisory',
]);
