/** What a file is by its name. */
export type FeedKind = 'export' | 'record' | 'exploited' | 'epss' | 'cve' | 'status' | 'ignored' | 'unknown';

const patterns: readonly (readonly [FeedKind, RegExp])[] = [
  // Beside what was fetched lies where it is from, and what is not whole yet.
  ['ignored', /^manifest\.json$|\.fetched\.json$|\.part(?:\.json)?$/],
  ['export', /.\.zip$/],
  ['exploited', /^(?:kev|known_exploited_vulnerabilities)\.json$/],
  ['epss', /^epss.*\.csv(?:\.gz)?$/],
  ['cve', /^cve-meta\.jsonl(?:\.gz)?$/],
  ['status', /.-status\.jsonl(?:\.gz)?$/],
  ['record', /.\.json$/],
];

/** @param file - without its folders */
export function feedKindOf(file: string): FeedKind {
  const name = file.toLowerCase();
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'unknown';
}

/**
 * What an export is called by its place: `Debian.zip` and `Debian/all.zip` are `Debian`.
 *
 * @param path - ends with the archive
 * @param root - what an `all.zip` that is in no folder is called: it has records of many ecosystems
 */
export function exportName(path: readonly string[], root: string): string {
  const stem = (path.at(-1) ?? '').slice(0, -'.zip'.length);
  return stem.toLowerCase() === 'all' ? ecosystemName(path.at(-2) ?? root) || 'all' : ecosystemName(stem);
}

/** As a file or folder is called that was saved from an address: `Rocky%20Linux`. */
export function ecosystemName(text: string): string {
  try {
    const name = decodeURIComponent(text);
    return /[\p{Cc}\\/]/u.test(name) ? text : name;
  } catch {
    return text;
  }
}
