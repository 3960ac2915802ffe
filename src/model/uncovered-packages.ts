import type { UncoveredPackages } from './vulnerability.ts';

/** Whether more may be wrong than is known. Of what others packed, or what never runs, no data will ever tell. */
export function leavesUnknown({ code }: Pick<UncoveredPackages, 'code'>): boolean {
  return deciding.has(code);
}

const deciding: ReadonlySet<string> = new Set([
  'no-data',
  'no-distribution',
  // There are advisories; with what the package does not tell, they could be asked.
  'no-group',
  'no-release',
  'no-version',
  'odd-version',
  'other-distribution',
  'uncovered-distribution',
  'unknown-module-stream',
  'unknown-source',
  'unreadable-advisory',
]);
