import { splitEcosystem } from '../advisories/package-name.ts';
import { feedKey } from '../feeds/feed-key.ts';
import type { FeedStatus } from '../model/feed-status.ts';
import type { DataAge } from '../store/remember-image.ts';

/** How fresh feeds are, as `freshnessOf` has them. */
export type Freshness = ReadonlyMap<string, Pick<FeedStatus, 'newest' | 'read'>>;

/** Raised when the same packages and advisories give other findings than before: then all that is remembered is compared once more. */
const matchingVersion = 2;

/**
 * What names the advisories and the way in which packages are held against them: the same, the same findings.
 *
 * @param digest - the store's, if anything was ever read into it
 */
export function stateOfData(digest: string | null): string {
  return `${digest ?? 'empty'} ${matchingVersion}`;
}

/** The digest in what `stateOfData` made. */
export function digestOfState(state: string | null): string | null {
  const [digest = 'empty'] = state?.split(' ') ?? [];
  return digest === 'empty' ? null : digest;
}

/** How fresh the advisories of an ecosystem are, with or without its release. */
export function freshnessIn(ecosystem: string, freshness: Freshness): Pick<FeedStatus, 'newest' | 'read'> | undefined {
  return freshness.get(feedKey(splitEcosystem(ecosystem)[0]));
}

/**
 * How old the advisories of some ecosystems are together: when any of them was changed last, since in a small one nothing may happen for
 * weeks, and when the one that was read the longest time ago was read.
 */
export function dataAges(freshness: Freshness): (ecosystems: Iterable<string>) => DataAge {
  return (ecosystems) => {
    const feeds = Array.from(ecosystems, (each) => freshnessIn(each, freshness)).filter((each) => each !== undefined);
    const newest = feeds.flatMap((each) => each.newest ?? []);
    return {
      newest: newest.length === 0 ? null : Math.max(...newest) * 1000,
      read: feeds.length === 0 ? null : Math.min(...feeds.map(({ read }) => read)) * 1000,
    };
  };
}
