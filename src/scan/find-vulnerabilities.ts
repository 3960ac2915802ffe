import { type MatchedPackages, matchPackages, type UncoveredPackage } from '../advisories/match.ts';
import { uncoveredReasons } from '../advisories/uncovered.ts';
import { openAdvisoryDatabase, readingStore } from '../feeds/advisory-database.ts';
import { bringAlong } from '../feeds/bring-along.ts';
import { advisoryReader } from '../feeds/advisory-reader.ts';
import { dataDigestOf } from '../feeds/data-digest.ts';
import { exploitedReadIn, freshnessOf } from '../feeds/feed-status.ts';
import { storeFile } from '../feeds/store-file.ts';
import type { Distribution, ImageContents } from '../model/image-contents.ts';
import { parsePurl } from '../model/purl.ts';
import { isSystemPackage, type Package } from '../model/package.ts';
import type { UncoveredPackages, VulnerabilityFindings } from '../model/vulnerability.ts';
import { dataAges, freshnessIn, stateOfData } from './data-age.ts';
import type { MatchedScan } from './remember-scans.ts';

export interface FindOptions {
  /** The folder of the advisories. */
  readonly dataFolder: string;
  readonly kernelHeaders: boolean;
}

/** Finds known vulnerabilities in what was looked into. */
type VulnerabilityFinder = (contents: ImageContents) => VulnerabilityFindings;

export interface OpenedFinder {
  /** What names the advisories of the store; absent where nothing was ever read into it. */
  readonly data?: string;
  readonly find: VulnerabilityFinder;
  /** The same with what is known of each package, to be remembered. */
  readonly match: (contents: ImageContents) => {
    readonly findings: VulnerabilityFindings;
    readonly matched: MatchedScan;
  };
  /** The same of packages that run on a host, whose kernel counts. */
  readonly findOnHost: (packages: readonly Package[], distribution: Distribution | undefined) => HostFindings;
  readonly close: () => void;
}

export interface HostFindings extends VulnerabilityFindings {
  /** Whether advisories name any of the packages at all, whatever their versions. */
  readonly areNamed: boolean;
}

/**
 * Opens the store of advisories, which is there.
 *
 * @throws PlimsollError for a store that cannot be read
 */
export async function openFinder({ dataFolder, kernelHeaders }: FindOptions): Promise<OpenedFinder> {
  await bringAlong(dataFolder);
  const database = openAdvisoryDatabase(storeFile(dataFolder), { writes: false });
  const { lookup, freshness, digest, exploitedRead } = readStore(database, storeFile(dataFolder));
  const ageOf = dataAges(freshness);
  function findingsOf(matched: MatchedPackages): VulnerabilityFindings {
    return {
      ...(digest === null ? {} : { data: digest }),
      found: matched.vulnerabilities,
      uncovered: grouped(matched.uncovered),
      asked: askedOf(matched, freshness),
      ...(exploitedRead === undefined ? {} : { exploitedRead }),
    };
  }
  const match: OpenedFinder['match'] = ({ packages, distribution }) => {
    const release = distribution.known ? distribution.value : undefined;
    const result = matchPackages(packages, release, lookup, { kernelHeaders });
    const { answers, asked } = result;
    const against = { digest: stateOfData(digest), ...ageOf(asked.keys()) };
    return { findings: findingsOf(result), matched: { answers, against } };
  };
  return {
    ...(digest === null ? {} : { data: digest }),
    match,
    find: (contents) => match(contents).findings,
    findOnHost(packages, distribution) {
      const matched = matchPackages(packages, distribution, lookup, { kernelHeaders, kernel: true });
      return {
        ...findingsOf(matched),
        areNamed: matched.comparisons > 0 || matched.vulnerabilities.length > 0,
      };
    },
    close: () => database.close(),
  };
}

/** @throws PlimsollError for a damaged store, which is closed then */
function readStore(database: ReturnType<typeof openAdvisoryDatabase>, file: string) {
  try {
    return readingStore(file, () => ({
      lookup: advisoryReader(database),
      freshness: freshnessOf(database),
      digest: dataDigestOf(database),
      exploitedRead: exploitedReadIn(database),
    }));
  } catch (error) {
    database.close();
    throw error;
  }
}

function askedOf(
  { asked }: MatchedPackages,
  freshness: ReturnType<typeof freshnessOf>,
): VulnerabilityFindings['asked'] {
  return Array.from(asked, ([ecosystem, packages]) => {
    const { newest = null, read = null } = freshnessIn(ecosystem, freshness) ?? {};
    return { ecosystem, packages, newest, read };
  });
}

function grouped(uncovered: readonly UncoveredPackage[]): UncoveredPackages[] {
  const groups = Map.groupBy(uncovered, ({ reason, ecosystem = '' }) => `${reason}\0${ecosystem}`);
  return Array.from(groups.values(), (packages) => {
    const [{ reason, ecosystem, purl }] = packages as [UncoveredPackage, ...UncoveredPackage[]];
    return {
      code: reason,
      reason: uncoveredReasons[reason],
      ...(ecosystem === undefined ? {} : { ecosystem }),
      count: packages.length,
      example: purl,
      ofSystem: packages.some((each) => isSystemPackage({ type: parsePurl(each.purl)?.type ?? '' })),
    };
  });
}
