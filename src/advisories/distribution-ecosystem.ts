import type { Distribution } from '../model/image-contents.ts';
import type { MatchDoubt } from '../model/vulnerability.ts';
import { redHatStreams } from './red-hat-streams.ts';
import { debianReleaseNamed, ubuntuReleaseNamed } from '../model/release-names.ts';
import { suseProducts } from './suse-products.ts';

/** Where advisories about the packages of a distribution are found, with the release as OSV writes it. */
export interface DistributionEcosystems {
  /** What its packages are. */
  readonly type: 'apk' | 'deb' | 'rpm';
  /** All are asked: they have different packages, or are two ways to write the same. */
  readonly ecosystems: readonly [string, ...string[]];
  /** Of what it is built from the same sources, in this order: asked instead where there is no data of its own. */
  readonly alternatives: readonly string[];
  readonly doubts: readonly MatchDoubt[];
}

/** `no-release`: there are advisories, but of which release is not told. `uncovered-distribution`: none are known. */
export type EcosystemsAnswer = DistributionEcosystems | 'no-release' | 'uncovered-distribution';

interface Places {
  readonly ecosystems: readonly string[];
  readonly alternatives?: readonly string[];
  readonly doubts?: readonly MatchDoubt[];
}

interface KnownDistribution {
  readonly type: DistributionEcosystems['type'];
  readonly places: (distribution: Distribution) => Places | 'uncovered' | undefined;
}

const rebuild: readonly MatchDoubt[] = ['rebuild'];

/** By the `ID` of os-release. */
const known: ReadonlyMap<string, KnownDistribution> = new Map<string, KnownDistribution>([
  ['almalinux', { type: 'rpm', places: byMajor('AlmaLinux') }],
  ['alpaquita', { type: 'apk', places: bellSoft('Alpaquita') }],
  ['alpine', { type: 'apk', places: alpine }],
  ['azurelinux', { type: 'rpm', places: byMajor('Azure Linux') }],
  ['bellsoft-hardened-containers', { type: 'apk', places: bellSoft('BellSoft Hardened Containers') }],
  ['centos', { type: 'rpm', places: centos }],
  // Their images say that they are Wolfi, and have packages of both.
  ['chainguard', { type: 'apk', places: always('Chainguard', 'Wolfi') }],
  ['cleanstart', { type: 'apk', places: always('CleanStart') }],
  ['debian', { type: 'deb', places: debian }],
  ['echo', { type: 'deb', places: always('Echo') }],
  ['mageia', { type: 'rpm', places: byMajor('Mageia') }],
  // What Azure Linux was called up to its release 2.
  ['mariner', { type: 'rpm', places: byMajor('Azure Linux') }],
  ['minimos', { type: 'apk', places: always('MinimOS') }],
  ['openeuler', { type: 'rpm', places: openEuler }],
  ['opensuse', { type: 'rpm', places: openSuse }],
  ['opensuse-leap', { type: 'rpm', places: openSuse }],
  ['opensuse-leap-micro', { type: 'rpm', places: byBranch('openSUSE:Leap Micro ') }],
  ['opensuse-microos', { type: 'rpm', places: always('openSUSE:Tumbleweed') }],
  ['opensuse-tumbleweed', { type: 'rpm', places: always('openSUSE:Tumbleweed') }],
  ['photon', { type: 'rpm', places: byBranch('Photon OS:') }],
  ['rhel', { type: 'rpm', places: redHat }],
  ['rocky', { type: 'rpm', places: rocky }],
  // Ended in 2024; it had what CentOS had.
  ['scientific', { type: 'rpm', places: centos }],
  ['sl-micro', { type: 'rpm', places: suse }],
  ['sle-micro', { type: 'rpm', places: suse }],
  ['sle_hpc', { type: 'rpm', places: suse }],
  ['sled', { type: 'rpm', places: suse }],
  ['sles', { type: 'rpm', places: suse }],
  ['sles_sap', { type: 'rpm', places: suse }],
  ['suse-microos', { type: 'rpm', places: suse }],
  ['ubuntu', { type: 'deb', places: ubuntu }],
  ['wolfi', { type: 'apk', places: always('Wolfi', 'Chainguard') }],
]);

/** What bills call them, where it is not the `ID`. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['alma', 'almalinux'],
  ['azure-linux', 'azurelinux'],
  ['cbl-mariner', 'mariner'],
  ['opensuse.leap', 'opensuse-leap'],
  ['opensuse.tumbleweed', 'opensuse-tumbleweed'],
  ['photon os', 'photon'],
  ['redhat', 'rhel'],
  ['rocky-linux', 'rocky'],
  ['rockylinux', 'rocky'],
  ['suse', 'sles'],
]);

/** The `ID` of os-release for a name that is not always it: `redhat`, `openEuler`. */
export function knownDistributionId(name: string): string {
  const lowered = name.toLowerCase();
  return otherNames.get(lowered) ?? lowered;
}

const answers = new WeakMap<Distribution, EcosystemsAnswer>();

/**
 * The ecosystems of a distribution. Only of itself: what says that it is `ID_LIKE` another one has other versions of its packages, as have
 * Raspbian, Kali and Linux Mint, and fixes at other times, as have Oracle Linux and CentOS Stream.
 */
export function ecosystemsOf(distribution: Distribution): EcosystemsAnswer {
  const before = answers.get(distribution);
  if (before !== undefined) return before;
  const answer = answerFor(distribution);
  answers.set(distribution, answer);
  return answer;
}

function answerFor(distribution: Distribution): EcosystemsAnswer {
  const one = known.get(knownDistributionId(distribution.id));
  const places = one ? one.places(distribution) : 'uncovered';
  if (!one || places === 'uncovered') return 'uncovered-distribution';
  const [first, ...others] = places?.ecosystems ?? [];
  if (!places || first === undefined) return 'no-release';
  return {
    type: one.type,
    ecosystems: [first, ...others],
    alternatives: places.alternatives ?? [],
    doubts: places.doubts ?? [],
  };
}

function majorOf(version: string): number | undefined {
  const [, major] = /^v?(\d{1,4})(?!\d)/.exec(version) ?? [];
  return major === undefined ? undefined : Number(major);
}

/** `3.20` of `3.20.1`. */
function branchOf(version: string): string | undefined {
  return /^v?(\d{1,4}\.\d{1,4})(?!\d)/.exec(version)?.[1];
}

function always(...ecosystems: readonly string[]): () => Places {
  return () => ({ ecosystems });
}

function byMajor(ecosystem: string): KnownDistribution['places'] {
  return ({ version }) => {
    const major = majorOf(version);
    return major === undefined ? undefined : { ecosystems: [`${ecosystem}:${major}`] };
  };
}

function byBranch(beginning: string): KnownDistribution['places'] {
  return ({ version }) => {
    const branch = branchOf(version) ?? (majorOf(version) === undefined ? undefined : `${majorOf(version)}.0`);
    return branch === undefined ? undefined : { ecosystems: [`${beginning}${branch}`] };
  };
}

/** `23`, `25`, or `stream`, which always goes on. */
function bellSoft(ecosystem: string): KnownDistribution['places'] {
  return ({ version }) => {
    const release = version === 'stream' ? version : majorOf(version);
    return release === undefined ? undefined : { ecosystems: [`${ecosystem}:${release}`] };
  };
}

/** Edge has the version that is to come: `3.21.0_alpha20240923`. */
function alpine({ version }: Distribution): Places | undefined {
  if (version === 'edge' || version.includes('_alpha')) return { ecosystems: ['Alpine:edge'] };
  const branch = branchOf(version);
  return branch === undefined ? undefined : { ecosystems: [`Alpine:v${branch}`] };
}

/**
 * Up to 6.0 the second number told releases apart. Testing and unstable have no version and the codename of the release to come, whose
 * advisories stand under the codename, or under the number that it will have.
 */
function debian({ version, codename = '', name }: Distribution): Places | undefined {
  const told = debianNumberOf(version);
  if (told !== undefined) return { ecosystems: [`Debian:${told}`] };
  const lowered = codename.toLowerCase();
  const number = debianNumberOf(debianReleaseNamed(lowered) ?? '');
  if (lowered === 'sid') return { ecosystems: ['Debian:sid'] };
  if (number === undefined) return undefined;
  return { ecosystems: name.includes('/sid') ? [`Debian:${lowered}`, `Debian:${number}`] : [`Debian:${number}`] };
}

/** As https://debian.pages.debian.net/distro-info-data/debian.csv numbers releases: `12`, `6.0`, `3.1`. */
function debianNumberOf(version: string): string | undefined {
  const major = majorOf(version);
  if (major === undefined) return undefined;
  return major >= 7 ? String(major) : major >= 4 ? `${major}.0` : (branchOf(version) ?? `${major}.0`);
}

/** Long-term support: every second April, and June of 2006. */
function ubuntu({ version, codename = '' }: Distribution): Places | undefined {
  const release = /^(\d{1,2}\.\d{2})(?!\d)/.exec(version)?.[1] ?? ubuntuReleaseNamed(codename);
  if (release === undefined) return undefined;
  const [year = '', month] = release.split('.');
  const isLongTerm = release === '6.06' || (month === '04' && Number(year) % 2 === 0);
  return { ecosystems: [`Ubuntu:${release}${isLongTerm ? ':LTS' : ''}`] };
}

function redHat({ version }: Distribution): Places | undefined {
  const major = majorOf(version);
  return major === undefined ? undefined : { ecosystems: redHatStreams(major) };
}

/** Up to release 8 the sources of Red Hat built anew. CentOS Stream is ahead of them, and nobody tells what is repaired in it. */
function centos({ version, name }: Distribution): Places | 'uncovered' | undefined {
  const major = majorOf(version);
  if (/\bstream\b/i.test(name) || (major !== undefined && major > 8)) return 'uncovered';
  return major === undefined ? undefined : { ecosystems: redHatStreams(major), doubts: rebuild };
}

/**
 * Of Red Hat only the one name under which all of a release may stand: a part of its repositories instead of Rocky Linux would look as if
 * everything had been asked.
 */
function rocky({ version }: Distribution): Places | undefined {
  const major = majorOf(version);
  if (major === undefined) return undefined;
  return { ecosystems: [`Rocky Linux:${major}`], alternatives: [`AlmaLinux:${major}`, `Red Hat:${major}`] };
}

function suse({ id, version }: Distribution): Places | undefined {
  const products = suseProducts(knownDistributionId(id), version);
  return products && { ecosystems: products };
}

/** Leap has been 42, 15 and 16; before it was the number alone. */
function openSuse({ id, version }: Distribution): Places | undefined {
  const branch = branchOf(version);
  if (branch === undefined) return undefined;
  if (knownDistributionId(id) === 'opensuse' && Number(branch) < 15) return { ecosystems: [`openSUSE:${branch}`] };
  return { ecosystems: [`openSUSE:Leap ${branch}`, `openSUSE:Leap ${branch} NonFree`] };
}

/**
 * Every service pack has advisories of its own. `VERSION_ID` does not tell it, the name does: `openEuler 22.03 (LTS-SP3)`. Of March of
 * an even year are those with long-term support; others have no advisories.
 */
function openEuler({ version, name }: Distribution): Places | undefined {
  const branch = branchOf(version);
  if (branch === undefined) return undefined;
  const said = /\bLTS(?:-SP\d{1,2})?(?![\w-])/i.exec(version) ?? /\bLTS(?:-SP\d{1,2})?(?![\w-])/i.exec(name);
  const [year = '', month] = branch.split('.');
  const support = said?.[0].toUpperCase() ?? (month === '03' && Number(year) % 2 === 0 ? 'LTS' : '');
  return { ecosystems: [`openEuler:${branch}${support === '' ? '' : `-${support}`}`] };
}
