import { apkOrdering } from './apk.ts';
import { bitnamiOrdering } from './bitnami.ts';
import { cranOrdering } from './cran.ts';
import { dpkgOrdering } from './dpkg.ts';
import { goOrdering } from './go.ts';
import { hackageOrdering } from './hackage.ts';
import { mavenOrdering } from './maven.ts';
import { nugetOrdering } from './nuget.ts';
import type { VersionOrdering } from './ordering.ts';
import { packagistOrdering } from './packagist.ts';
import { pep440Ordering } from './pep440.ts';
import { pubOrdering } from './pub.ts';
import { rpmOrdering } from './rpm.ts';
import { rubygemsOrdering } from './rubygems.ts';
import { semverOrdering } from './semver.ts';

const [apk, dpkg, rpm] = [general(apkOrdering), general(dpkgOrdering), general(rpmOrdering)];
const [maven, pep440, semver] = [general(mavenOrdering), general(pep440Ordering), general(semverOrdering)];
/** Where somebody rebuilds packages of npm, what was built (`+echo.1`) does count. */
const npmRebuilt = general(pubOrdering);

/**
 * The ecosystems of https://ossf.github.io/osv-schema/#defined-ecosystems. Not here, as there is nothing to compare:
 *
 * - `GIT`, `OSS-Fuzz`: commits, whose order is in a repository.
 * - `Android`: levels of security patches, and commits.
 * - `Linux`: releases of the kernel itself. The one of a distribution has fixes of later releases, and its own advisories.
 * - `ConanCenter`: versions as each project has them. `1.1.1k` is after `1.1.1` of one, and before it of another.
 * - `FreeBSD`: ports and the base system, in no container of Linux.
 */
const orderings: ReadonlyMap<string, VersionOrdering> = new Map([
  ['AlmaLinux', rpm],
  ['Alpaquita', apk],
  ['Alpine', apk],
  ['Azure Linux', rpm],
  // The former name of Alpaquita.
  ['BellSoft', apk],
  ['BellSoft Hardened Containers', apk],
  ['Bioconductor', general(cranOrdering)],
  ['Bitnami', general(bitnamiOrdering)],
  ['Chainguard', apk],
  ['CleanStart', apk],
  ['CRAN', general(cranOrdering)],
  ['crates.io', semver],
  ['Debian', dpkg],
  ['GHC', semver],
  ['GitHub Actions', semver],
  ['Go', general(goOrdering)],
  ['Hackage', general(hackageOrdering)],
  ['Hex', semver],
  ['Julia', semver],
  ['Kubernetes', semver],
  ['Mageia', rpm],
  ['Maven', maven],
  ['MinimOS', apk],
  ['npm', semver],
  ['NuGet', general(nugetOrdering)],
  // Made after the one of Debian: https://opam.ocaml.org/doc/Manual.html#version-ordering
  ['opam', dpkg],
  ['openEuler', rpm],
  ['openSUSE', rpm],
  ['Packagist', general(packagistOrdering)],
  ['Photon OS', rpm],
  ['Pub', general(pubOrdering)],
  ['PyPI', pep440],
  ['Red Hat', rpm],
  ['Rocky Linux', rpm],
  ['RubyGems', general(rubygemsOrdering)],
  ['SUSE', rpm],
  ['SwiftURL', semver],
  ['Ubuntu', dpkg],
  ['VSCode', semver],
  ['Wolfi', apk],
]);

/** Those that rebuild packages of others say behind the colon of whom: `TuxCare:AlmaLinux:9.6`, `Root:PyPI`. */
const rebuilders: ReadonlySet<string> = new Set([
  'Docker Hardened Images',
  'Echo',
  'Red Hat Lightwell',
  'Root',
  'TuxCare',
]);

/** By name, without releases; those that rebuild packages of others among them. */
export const ecosystemNames: readonly string[] = [...orderings.keys(), ...rebuilders].toSorted();

const rebuilt: ReadonlyMap<string, VersionOrdering> = new Map([
  ...Array.from(orderings, ([name, ordering]) => [name.toLowerCase(), ordering] as const),
  ['npm', npmRebuilt],
]);

/**
 * How the versions of an ecosystem of OSV are ordered, with or without the release (`Debian:12`) or the registry (`Maven:https://…`) behind
 * it. `undefined` for what has no order, and for what is not known.
 */
export function orderingOf(ecosystem: string): VersionOrdering | undefined {
  const [name = '', original = ''] = ecosystem.split(':', 2);
  if (!rebuilders.has(name)) return orderings.get(name);
  // These write it in capitals or not.
  const ordering = rebuilt.get(original.toLowerCase());
  // Without any it is their own system, which is made of Debian.
  return name === 'Echo' ? (ordering ?? dpkg) : ordering;
}

/** What an ordering has read is compared by the same one. */
function general<Version>(ordering: VersionOrdering<Version>): VersionOrdering {
  return ordering as VersionOrdering;
}
