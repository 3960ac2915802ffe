import { type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../model/json.ts';
import type { AffectedRange } from '../model/vulnerability.ts';
import { orderingOf } from '../versions/ecosystems.ts';
import type { VersionOrdering } from '../versions/ordering.ts';
import type { AffectedPackage, Rating } from './advisory.ts';
import { ratingsIn } from './osv-ratings.ts';
import { packageName, splitEcosystem } from './package-name.ts';
import { isInRange, rangesOfEvents } from './ranges.ts';
import { vendorStatus } from './vendor-status.ts';

/** The packages of a record, and how many parts of it say nothing that can be held against a version. */
export interface AffectedParts {
  readonly affected: readonly AffectedPackage[];
  readonly skipped: Readonly<Record<SkippedPart, number>>;
}

/**
 * `package`: without a name or an ecosystem; `ecosystem`: nobody knows how its versions are ordered; `range`: a version in it cannot be
 * read; `platform`: only on systems that are in no Linux image.
 */
export type SkippedPart = 'package' | 'ecosystem' | 'range' | 'platform';

const longestName = 300;
/** Of one record; a kernel's advisory has some thousand. */
const mostPackages = 20_000;
const mostRanges = 2000;
const mostVersions = 20_000;

/** @param summary - names the module stream that advisories of AlmaLinux are about */
export function readAffected(list: readonly JsonValue[], summary: string): AffectedParts {
  const skipped = { package: 0, ecosystem: 0, range: 0, platform: 0 };
  const skip = (part: SkippedPart) => void (skipped[part] += 1);
  const affected: AffectedPackage[] = [];
  const stream = streamIn(summary);
  for (const each of list.slice(0, mostPackages)) {
    const one = readOne(each as JsonObject, stream, skip);
    if (one) affected.push(one);
  }
  if (list.length > mostPackages) skipped.package += list.length - mostPackages;
  return { affected, skipped };
}

function readOne(
  value: JsonObject,
  stream: string | undefined,
  skip: (part: SkippedPart) => void,
): AffectedPackage | undefined {
  const described = objectIn(value, 'package');
  const [ecosystem, name] = [textIn(described, 'ecosystem') ?? '', textIn(described, 'name') ?? ''];
  if (ecosystem === '' || name === '' || ecosystem.length > 100 || name.length > longestName) {
    skip('package');
    return undefined;
  }
  const ordering = orderingOf(ecosystem);
  if (!ordering) {
    skip('ecosystem');
    return undefined;
  }
  const specific = objectIn(value, 'ecosystem_specific');
  if (!isOnLinux(specific)) {
    skip('platform');
    return undefined;
  }
  const { ranges, versions, isUnread } = readVersions(value, ordering, skip);
  // What cannot be read is kept as such: it would look as if nothing were wrong with the package.
  if (ranges.length === 0 && versions.length === 0 && !isUnread) return undefined;
  const status = statusIn(specific) ?? statusIn(objectIn(value, 'database_specific'));
  const module = textIn(specific, 'module') ?? (ranges.some(isOfModule) ? stream : undefined);
  return {
    ecosystem,
    name: packageName(splitEcosystem(ecosystem)[0], name),
    ranges,
    versions,
    ...(status === undefined ? {} : { status }),
    ...(module === undefined ? {} : { module }),
    ratings: ratingsOfPackage(value),
  };
}

/** RustSec tells for which systems a crate is affected, RubySec of gems for the virtual machine of Java. */
function isOnLinux(specific: JsonObject): boolean {
  const systems = [...listIn(specific, 'os'), ...listIn(objectIn(specific, 'affects'), 'os')];
  return systems.length === 0 || systems.some((each) => each === 'linux' || each === 'unix');
}

/** Ranges and the versions that lie in none of them. Commits in a repository are no versions of a package. */
function readVersions<Version>(
  value: JsonObject,
  ordering: VersionOrdering<Version>,
  skip: (part: SkippedPart) => void,
) {
  const ranges: AffectedRange[] = [];
  let isUnread = false;
  const lastKnown = lastKnownIn(value, ordering);
  // What Go calls custom ranges is of versions that its modules do not have.
  for (const each of listIn(value, 'ranges').slice(0, mostRanges)) {
    if (textIn(each, 'type') === 'GIT') continue;
    const read = rangesOfEvents(each, ordering);
    if (read) ranges.push(...read.map((range) => (isOpen(range) ? { ...range, ...lastKnown } : range)));
    else {
      isUnread = true;
      skip('range');
    }
  }
  const versions = new Set<string>();
  for (const each of listIn(value, 'versions').slice(0, mostVersions)) {
    if (typeof each !== 'string' || each.length > longestName) continue;
    const version = ordering.parse(each);
    const isKnown = version !== undefined && ranges.some((range) => isInRange(version, range, ordering));
    if (!isKnown) versions.add(each);
  }
  return { ranges, versions: [...versions], isUnread };
}

function isOpen({ fixed, lastAffected, before }: AffectedRange): boolean {
  return fixed === undefined && lastAffected === undefined && before === undefined;
}

/** GitHub ends a range for which no repair is known beside it: `< 2.1.3`, `<= 3.5.3`. */
function lastKnownIn<Version>(value: JsonObject, { parse }: VersionOrdering<Version>): AffectedRange {
  const written = textIn(objectIn(value, 'database_specific'), 'last_known_affected_version_range') ?? '';
  const [, sign, version = ''] = /^\s{0,5}(<=?)\s{0,5}(\S{1,200})\s{0,5}$/.exec(written.slice(0, 300)) ?? [];
  if (sign === undefined || parse(version) === undefined) return {};
  return sign === '<' ? { before: version } : { lastAffected: version };
}

function statusIn(specific: JsonObject) {
  const word = textIn(specific, 'status');
  return word === undefined ? undefined : vendorStatus(word, textIn(specific, 'note'));
}

/** `nodejs:18` of `Important: nodejs:18 security update`. */
function streamIn(summary: string): string | undefined {
  return /(?<![\w.:+-])([a-z\d][\w.+-]{0,60}:[\w.+-]{1,60})(?![\w:])/.exec(summary.slice(0, 300))?.[1];
}

/** Built for a module: what AlmaLinux and Rocky Linux write into the release. */
function isOfModule({ introduced = '', fixed = '', lastAffected = '' }: AffectedRange): boolean {
  return /\.module[_+]el?\d/.test(`${introduced} ${fixed} ${lastAffected}`);
}

const informational: ReadonlySet<string> = new Set(['unmaintained', 'unsound', 'notice']);

/** RustSec also notes crates that nobody maintains: no vulnerability, and no reason to be silent. */
function ratingsOfPackage(value: JsonObject): Rating[] {
  const specific = objectIn(value, 'database_specific');
  const kind = textIn(specific, 'informational') ?? '';
  const vector = textIn(specific, 'cvss');
  return [
    ...(informational.has(kind) ? [{ source: 'rustsec', word: kind }] : []),
    ...ratingsIn(listIn(value, 'severity')),
    ...(vector === undefined || vector.length > longestName ? [] : [{ source: 'record', vector }]),
  ];
}
