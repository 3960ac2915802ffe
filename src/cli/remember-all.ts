import type { Language } from '../model/text.ts';
import type { MatchedScan } from '../scan/remember-scans.ts';
import type { Scanned } from '../scan/scan-target.ts';
import { describeNotices } from './failure.ts';
import type { ScanOptions } from './scan.ts';
import { dataFolder } from './user-folders.ts';

/** A target that was looked into, and what advisories say of its packages where there are any. */
export interface ScanResult {
  readonly scanned: Scanned;
  readonly matched: MatchedScan | undefined;
}

/**
 * What was scanned is remembered for `feeds changes`; that it cannot be is worth a line, and no more. What a bundle says of it is no state
 * that anything could be compared with later.
 */
export async function rememberAll(
  results: readonly ScanResult[],
  { cache, remember, data, quiet = false, ...options }: ScanOptions,
  language: Language,
  now: Date,
): Promise<void> {
  if (cache === false || remember === false || data !== undefined) return;
  const { rememberScans } = await import('../scan/remember-scans.ts');
  const trouble = rememberScans(dataFolder(options), results, now.getTime());
  if (trouble && !quiet) process.stderr.write(describeNotices([trouble], language));
}
