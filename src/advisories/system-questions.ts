import type { Distribution } from '../model/image-contents.ts';
import type { Package } from '../model/package.ts';
import { type AskedName, askedNames } from './asked-name.ts';
import { type DistributionEcosystems, ecosystemsOf, knownDistributionId } from './distribution-ecosystem.ts';
import { kernelPartOf } from './kernel-packages.ts';
import { lacksModuleStream, moduleStreamOf } from './module-stream.ts';
import { packageName, splitEcosystem } from './package-name.ts';
import type { Question, QuestionOptions, Questions } from './question.ts';
import { type UbuntuPlace, ubuntuPlaces } from './ubuntu-pro.ts';
import type { UncoveredReason } from './uncovered.ts';
import { isThirdPartyDeb } from './vendor-of-deb.ts';
import { isThirdPartyRpm } from './vendor-of-rpm.ts';

/** What is asked about a package of an operating system: only in the ecosystem of the distribution that it belongs to. */
export function systemQuestions(
  each: Package,
  distribution: Distribution | undefined,
  options: QuestionOptions,
): Questions {
  const own = releaseOf(each, distribution);
  if (!own) return notAsked('no-distribution');
  const places = ecosystemsOf(own);
  if (typeof places === 'string') return notAsked(places);
  if (places.type !== each.type || isOfAnother(each, own)) return notAsked('other-distribution');
  const reason = reasonAgainst(each, places, options);
  return reason === undefined ? { kind: 'asked', questions: questionsIn(each, places) } : notAsked(reason);
}

function notAsked(reason: UncoveredReason): Questions {
  return { kind: 'not-asked', reason };
}

function reasonAgainst(
  each: Package,
  { type, ecosystems: [ecosystem], doubts }: DistributionEcosystems,
  { kernel = false, kernelHeaders }: QuestionOptions,
): UncoveredReason | undefined {
  if (each.version === '') return 'no-version';
  const isThirdParty =
    type === 'deb'
      ? isThirdPartyDeb(each, ecosystem)
      : type === 'rpm' && isThirdPartyRpm(each, ecosystem, doubts.includes('rebuild'));
  if (isThirdParty) return 'third-party';
  const part = kernelPartOf(each);
  if (part === 'headers' && !kernelHeaders) return 'kernel-headers';
  if (part === 'kernel' && !kernel) return 'kernel';
  return type === 'rpm' && lacksModuleStream(each) ? 'unknown-module-stream' : undefined;
}

/** Its namespace is its distribution. Releases of one vendor have several, and bills call them otherwise. */
function isOfAnother({ namespace }: Package, { id }: Distribution): boolean {
  if (namespace === undefined || namespace === '' || namespace === id) return false;
  return familyOf(namespace) !== familyOf(id);
}

/**
 * Lists and bills may have packages of several releases, each with its own in the qualifier `distro` (`debian-12`, or a codename alone): the
 * advisories of one say nothing of another's packages. What it names may not be known, as `debian-trixie/sid` is not; then it is where it was found.
 */
function releaseOf({ purl, namespace }: Package, found: Distribution | undefined): Distribution | undefined {
  const [, written] = /[?&]distro=([^&#]{1,100})/.exec(purl) ?? [];
  if (written === undefined || (found && written === `${found.id}-${found.version}`)) return found;
  const told = releaseNamed(written, namespace ?? found?.id ?? '');
  const [ours, theirs] = [told, found].map((each) => (each ? ecosystemsOf(each) : 'no-distribution'));
  if (typeof ours !== 'object') return found;
  const isSame = typeof theirs === 'object' && ours.ecosystems.some((each) => theirs.ecosystems.includes(each));
  return isSame ? found : told;
}

/** What thousands of packages say of themselves in the same words, read once. */
const releases = new Map<string, Distribution>();
const mostReleases = 1000;

function releaseNamed(written: string, family: string): Distribution {
  const key = `${family} ${written}`;
  const before = releases.get(key);
  if (before) return before;
  const name = written.replaceAll(/%20|\+/g, ' ');
  const [, id = family, version = ''] = /^(.+?)-(\d.*)$/.exec(name) ?? [];
  const release: Distribution = { id, version, name, codename: name, idLike: [] };
  if (releases.size >= mostReleases) releases.clear();
  releases.set(key, release);
  return release;
}

function familyOf(name: string): string {
  const id = knownDistributionId(name);
  if (id.startsWith('opensuse')) return 'opensuse';
  return families.get(id) ?? id;
}

const families: ReadonlyMap<string, string> = new Map([
  ['azurelinux', 'mariner'],
  ['chainguard', 'wolfi'],
  ['sl-micro', 'sles'],
  ['sle-micro', 'sles'],
  ['sle_hpc', 'sles'],
  ['sled', 'sles'],
  ['sles_sap', 'sles'],
  ['suse-microos', 'sles'],
  ['vmware', 'photon'],
]);

function questionsIn(each: Package, { ecosystems, alternatives, doubts }: DistributionEcosystems): Question[] {
  const module = each.type === 'rpm' ? moduleStreamOf(each) : undefined;
  const names = new Map<string, readonly AskedName[]>();
  const questions: Question[] = [];
  for (const { ecosystem, overruledBy } of ecosystems.flatMap((written) => placesIn(written, each))) {
    const [family] = splitEcosystem(ecosystem);
    const asked = names.get(family) ?? askedNames(each, family);
    names.set(family, asked);
    for (const { name, version, compared, doubts: own, isSourceUnknown } of asked) {
      questions.push({
        ecosystem,
        name: packageName(family, name),
        version,
        compared,
        ...(module === undefined ? {} : { module }),
        doubts: doubts.length === 0 ? own : [...own, ...doubts],
        ...(isSourceUnknown ? { isSourceUnknown } : {}),
        // What the others have is named by the package.
        ...(alternatives.length === 0 || compared === 'source' ? {} : { alternatives }),
        ...(overruledBy === undefined ? {} : { overruledBy }),
      });
    }
  }
  return questions;
}

function placesIn(ecosystem: string, { version, source }: Package): readonly UbuntuPlace[] {
  return ecosystem.startsWith('Ubuntu:') ? ubuntuPlaces(ecosystem, source?.version || version) : [{ ecosystem }];
}
