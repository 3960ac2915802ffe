import { matchPackage, type PackageAnswer } from '../advisories/match.ts';
import type { AdvisoryLookup } from '../advisories/lookup.ts';
import { splitEcosystem } from '../advisories/package-name.ts';
import { ownerSpeaksFor } from '../advisories/owned-packages.ts';
import { questionsOf } from '../advisories/questions.ts';
import { PlimsollError } from '../model/error.ts';
import type { Distribution, ImageContents } from '../model/image-contents.ts';
import { imageDigits } from '../model/image-reference.ts';
import { isSystemPackage, type Package } from '../model/package.ts';
import type { Text } from '../model/text.ts';
import { openImages, troubleWith } from '../store/image-database.ts';
import { imageFile } from '../store/image-file.ts';
import { type DataInUse, rememberImage, type ScannedImage } from '../store/remember-image.ts';
import { packPackage } from './package-text.ts';
import { packState } from './package-state.ts';
import type { Scanned } from './scan-target.ts';

/** What was found in the packages of an image, and in which advisories. */
export interface MatchedScan {
  readonly against: DataInUse;
  readonly answers: ReadonlyMap<Package, PackageAnswer>;
}

/** Names of one image that are kept. */
const mostNames = 20;

/**
 * Remembers images that were scanned, so that `feeds changes` can tell what became of them. What has no identity (a folder, a bill of
 * materials) is not remembered, nor is a container that has packages of its own.
 *
 * @param matched - what advisories say of each; `undefined` where there are none
 * @param now - milliseconds since 1970
 * @returns why it could not be done, if so: that is no reason for a scan to fail
 */
export function rememberScans(
  folder: string,
  scans: readonly { readonly scanned: Scanned; readonly matched: MatchedScan | undefined }[],
  now: number,
): Text | undefined {
  const images = scans.flatMap(({ scanned, matched }) => imageOf(scanned, matched, now) ?? []);
  if (images.length === 0) return undefined;
  try {
    const database = openImages(folder);
    try {
      for (const each of images) rememberImage(database, each);
    } finally {
      database.close();
    }
    return undefined;
  } catch (error) {
    const { text } = error instanceof PlimsollError ? error : troubleWith(imageFile(folder), error);
    return text;
  }
}

function imageOf({ target, image, contents }: Scanned, matched: MatchedScan | undefined, now: number) {
  const digits = imageDigits(image.id);
  if (image.bare || !/^[\da-f]{64}$/.test(digits)) return undefined;
  const isContainer = target.kind === 'container';
  if (isContainer && hasOwnPackages(contents)) return undefined;
  const distribution = contents.distribution.known ? contents.distribution.value : undefined;
  const answers = answersFor(contents.packages, distribution, matched?.answers);
  return {
    id: `sha256:${digits}`,
    names: namesOf(target, image.tags),
    digests: image.digests.slice(0, mostNames),
    platform: target.platform ?? null,
    distribution: distribution ? JSON.stringify(distribution) : null,
    // A container may have deleted packages of its image, which nobody would see.
    complete: !isContainer && contents.gaps.length === 0 && contents.layers.every(({ unread }) => unread === undefined),
    ecosystems: ecosystemsOf(contents.packages, distribution),
    packages: packagesOf(contents.packages, answers),
    scanned: now,
    ...(matched ? { against: matched.against } : {}),
  } satisfies ScannedImage;
}

function hasOwnPackages({ packages, layers }: ImageContents): boolean {
  return packages.some(({ layer }) => layers[layer]?.ofContainer);
}

/** Its tags; what it was asked for by where it has none, and is no container of it. */
function namesOf({ kind, name }: Scanned['target'], tags: readonly string[]): string[] {
  const names = tags.length > 0 || kind === 'container' ? tags : [name];
  return [...new Set(names)].slice(0, mostNames);
}

function packagesOf(
  packages: readonly Package[],
  answers: ReadonlyMap<Package, PackageAnswer>,
): ScannedImage['packages'] {
  const answered = new Set(
    packages.flatMap((each) => (isSystemPackage(each) && (answers.get(each)?.asked.length ?? 0) > 0 ? each.purl : [])),
  );
  return packages.map((each) => ({
    content: packPackage(each),
    state: packState(answers.get(each) as PackageAnswer),
    covered: ownerSpeaksFor(each, (purl) => answered.has(purl)),
  }));
}

/** As `feeds changes` will ask, which has no options of a scan: headers of the kernel are left out. */
function answersFor(
  packages: readonly Package[],
  distribution: Distribution | undefined,
  answers: ReadonlyMap<Package, PackageAnswer> | undefined,
): ReadonlyMap<Package, PackageAnswer> {
  return new Map(
    packages.map((each) => {
      const isAsked = questionsOf(each, distribution, usualOptions).kind === 'asked';
      const answer = isAsked ? answers?.get(each) : undefined;
      return [each, answer ?? matchPackage(each, distribution, nothingKnown)];
    }),
  );
}

const usualOptions = { kernelHeaders: false };

const nothingKnown: AdvisoryLookup = {
  hasEcosystem: () => false,
  entriesOf: () => [],
  advisory: (number) => {
    throw new RangeError(`there is no advisory ${number}`);
  },
  canonical: (name) => name,
  cve: () => undefined,
  texts: () => [],
  vendorStatus: () => undefined,
};

/** Those in which its packages are looked up, whether there is data of them or not. */
function ecosystemsOf(packages: readonly Package[], distribution: Distribution | undefined): string[] {
  const found = new Set<string>();
  for (const each of packages) {
    const questions = questionsOf(each, distribution, usualOptions);
    if (questions.kind === 'not-asked') continue;
    for (const { ecosystem } of questions.questions) found.add(splitEcosystem(ecosystem)[0]);
  }
  return [...found].toSorted();
}
