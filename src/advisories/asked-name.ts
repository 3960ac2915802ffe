import type { Package } from '../model/package.ts';
import type { MatchDoubt } from '../model/vulnerability.ts';
import { usualSourceOfDeb } from './usual-source-of-deb.ts';

/** Under what a package of the system is looked up, and what is held against the ranges. */
export interface AskedName {
  readonly name: string;
  readonly version: string;
  readonly compared: 'package' | 'source';
  readonly doubts: readonly MatchDoubt[];
  /** See `Question`. */
  readonly isSourceUnknown?: true;
}

/**
 * Ecosystems whose records are about what was installed, and not about what it was built from:
 * https://ossf.github.io/osv-schema/#defined-ecosystems. Of AlmaLinux it says otherwise, and its records name what is installed.
 */
const ofPackages: ReadonlySet<string> = new Set(['AlmaLinux', 'Photon OS', 'Red Hat']);

/** Whose records are about one or the other: who makes them says both. */
const ofBoth: ReadonlySet<string> = new Set(['Chainguard', 'CleanStart', 'MinimOS', 'Rocky Linux', 'Wolfi']);

/** Their packages have epochs, their records have none. */
const withoutEpochs: ReadonlySet<string> = new Set(['Azure Linux', 'openEuler']);

/**
 * The names under which an ecosystem may have a package of the system. By its source package, and by its source's version where advisories
 * are about sources, so that a rebuild without changes (`+b1`) counts for nothing; by the package itself where they are about that.
 * A package that does not tell its source is taken to be built from the one of its own name; a deb from the one that is known for it, and
 * otherwise from the one of its own name if there is such a one.
 *
 * @param ecosystem - without its release
 */
export function askedNames(each: Package, ecosystem: string): readonly AskedName[] {
  const own = ownName(each, ecosystem);
  const source = ofPackages.has(ecosystem) ? undefined : sourceName(withSource(each), own, ecosystem);
  if (!source) return [each.type === 'deb' ? { ...own, isSourceUnknown: true } : own];
  if (!ofBoth.has(ecosystem)) return [source];
  // Most packages of perl have no epoch, perl itself has; and it is there, too, to be asked about.
  const isSure =
    each.type !== 'rpm' || !source.doubts.includes('missing-epoch') || own.doubts.includes('missing-epoch');
  return source.name === own.name || !isSure ? [own] : [own, source];
}

/** Chisel's manifests name no sources, nor do many bills. */
function withSource(each: Package): Package {
  const { type, name, version, source } = each;
  const usual = type === 'deb' && !source?.name ? usualSourceOfDeb(name, version) : undefined;
  return usual === undefined ? each : { ...each, source: { name: usual, version } };
}

function ownName(each: Package, ecosystem: string): AskedName {
  const { name, type } = each;
  const doubts: MatchDoubt[] = [];
  if (type === 'rpm' && !withoutEpochs.has(ecosystem) && !hasKnownEpoch(each)) doubts.push('missing-epoch');
  return { name, version: comparable(each.version, type, ecosystem), compared: 'package', doubts };
}

function sourceName({ type, version, source }: Package, own: AskedName, ecosystem: string): AskedName | undefined {
  if (!source || source.name === '') return undefined;
  const { name } = source;
  if (type === 'deb' && name.startsWith(signedKernel)) {
    return { ...own, name: unsignedKernel(name), version: comparable(version, type, ecosystem), compared: 'source' };
  }
  if (type !== 'rpm') {
    return { ...own, name, version: comparable(source.version || version, type, ecosystem), compared: 'source' };
  }
  // The name of the file with the source never has the epoch. What has a version of its own within its source may also have an epoch
  // of its own, so that it is not the source's.
  const [epoch, plain] = epochAndRest(version);
  const isSame = source.version === '' || epochAndRest(source.version)[1] === plain;
  const whole = isSame ? version : `${epoch === undefined ? '' : `${epoch}:`}${source.version}`;
  const isDoubtful = !isSame && !withoutEpochs.has(ecosystem);
  return {
    name,
    version: comparable(whole, type, ecosystem),
    compared: 'source',
    doubts: isDoubtful ? [...new Set<MatchDoubt>([...own.doubts, 'missing-epoch'])] : own.doubts,
  };
}

const signedKernel = 'linux-signed';

/**
 * Kernels are signed by a source of their own (`linux-signed-amd64`, `linux-signed-hwe-6.5`), which advisories do not name and whose version
 * is written otherwise (`6.1.90+1`); the package has the version of what was signed.
 */
function unsignedKernel(name: string): string {
  return `linux${name.slice(signedKernel.length).replace(/-(?:amd64|arm64|i386)$/, '')}`;
}

function comparable(version: string, type: string, ecosystem: string): string {
  if (type === 'deb') return version.replace(/\+b\d{1,6}$/, '');
  return type === 'rpm' && withoutEpochs.has(ecosystem) ? epochAndRest(version)[1] : version;
}

function epochAndRest(version: string): readonly [epoch: string | undefined, rest: string] {
  const [, epoch, rest] = /^(\d{1,10}):([^]*)$/.exec(version) ?? [];
  return [epoch, rest ?? version];
}

/** A database of rpm has every epoch: without one it is 0. Bills leave them out. */
function hasKnownEpoch({ version, cataloger }: Package): boolean {
  return epochAndRest(version)[0] !== undefined || /^rpm-(?:berkeley|manifest|ndb|sqlite)@/.test(cataloger);
}
