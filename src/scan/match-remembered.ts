import type { AdvisoryLookup, CveFacts } from '../advisories/lookup.ts';
import { matchPackage } from '../advisories/match.ts';
import { ownerSpeaksFor } from '../advisories/owned-packages.ts';
import type { Distribution } from '../model/image-contents.ts';
import { isSystemPackage } from '../model/package.ts';
import type { RememberedImage } from '../store/compared-images.ts';
import { packState, unpackState } from './package-state.ts';
import { unpackPackage } from './package-text.ts';

/** What is known of remembered packages now. */
export interface RememberedAnswers {
  /** States as texts, each once. */
  readonly states: readonly string[];
  /**
   * What is known of each package of an image, in their order; `undefined` where the image has a package that was not asked about.
   */
  readonly answersFor: (
    image: Pick<RememberedImage, 'distribution' | 'packages'>,
  ) => readonly RememberedAnswer[] | undefined;
  /** Versions that were held against a range. */
  readonly comparisons: number;
}

export interface RememberedAnswer {
  /** Its place in `states`. */
  readonly state: number;
  /** A package of the system speaks for the package. */
  readonly covered: boolean;
}

/** Packages that one reader of the store answers for: it keeps in memory what it read. */
const perReader = 10_000;

/** Each package once for all images that have it: one of the system once a distribution, one of a language once. */
export function matchRemembered(
  images: Iterable<Pick<RememberedImage, 'distribution' | 'packages'>>,
  packages: Iterable<{ readonly number: number; readonly content: string }>,
  openLookup: () => AdvisoryLookup,
): RememberedAnswers {
  const wanted = wantedPackages(images);
  const states = new Map<string, number>();
  const unknown = new Set<number>();
  const ofSystem = new Map<string, Map<number, number>>();
  const ofLanguages = new Map<number, number>();
  const numbersByPurl = new Map<string, number[]>();
  const owners = new Map<number, string>();
  let comparisons = 0;
  let lookup = remembering(openLookup());
  let asked = 0;

  function ask(each: ReturnType<typeof unpackPackage>, distribution: Distribution | undefined): number {
    asked += 1;
    if (asked % perReader === 0) lookup = remembering(openLookup());
    const answer = matchPackage(each, distribution, lookup);
    comparisons += answer.comparisons;
    const text = packState(answer);
    let state = states.get(text);
    if (state === undefined) {
      state = states.size;
      states.set(text, state);
      if (unpackState(text).unknown !== undefined) unknown.add(state);
    }
    return state;
  }

  for (const { number, content } of packages) {
    const distributions = wanted.filter(({ has }) => has(number));
    if (distributions.length === 0) continue;
    const each = unpackPackage(content);
    if (!isSystemPackage(each)) {
      ofLanguages.set(number, ask(each, undefined));
      // Whether its owner is known is a matter of each image.
      if (each.ownedBy !== undefined && ownerSpeaksFor(each, () => true)) owners.set(number, each.ownedBy);
      continue;
    }
    const others = numbersByPurl.get(each.purl);
    if (others) others.push(number);
    else numbersByPurl.set(each.purl, [number]);
    for (const { text, distribution } of distributions) {
      const answers = ofSystem.get(text) ?? new Map<number, number>();
      ofSystem.set(text, answers);
      answers.set(number, ask(each, distribution));
    }
  }

  function isCovered(
    owner: string,
    own: ReadonlySet<number>,
    answers: ReadonlyMap<number, number> | undefined,
  ): boolean {
    return (numbersByPurl.get(owner) ?? []).some((number) => {
      const state = own.has(number) ? answers?.get(number) : undefined;
      return state !== undefined && !unknown.has(state);
    });
  }

  return {
    states: [...states.keys()],
    comparisons,
    answersFor({ distribution, packages: numbers }) {
      const answers = ofSystem.get(distribution ?? '');
      const own = numbers.some((number) => owners.has(number)) ? new Set(numbers) : new Set<number>();
      const found: RememberedAnswer[] = [];
      for (const number of numbers) {
        const state = ofLanguages.get(number) ?? answers?.get(number);
        if (state === undefined) return undefined;
        const owner = owners.get(number);
        found.push({ state, covered: owner !== undefined && isCovered(owner, own, answers) });
      }
      return found;
    },
  };
}

/** The same CVE is in a hundred packages: what is known of it is asked once. */
function remembering(lookup: AdvisoryLookup): AdvisoryLookup {
  const known = new Map<string, CveFacts | undefined>();
  return {
    ...lookup,
    cve(name) {
      if (known.has(name)) return known.get(name);
      const facts = lookup.cve(name);
      known.set(name, facts);
      return facts;
    },
  };
}

interface WantedPackages {
  /** As the images have it; '' where it is not known. */
  readonly text: string;
  readonly distribution: Distribution | undefined;
  readonly has: (number: number) => boolean;
}

/** Which packages images of each distribution have: a bit for each. */
function wantedPackages(
  images: Iterable<Pick<RememberedImage, 'distribution' | 'packages'>>,
): readonly WantedPackages[] {
  const bits = new Map<string, Uint8Array>();
  for (const { distribution, packages } of images) {
    const text = distribution ?? '';
    let own = bits.get(text) ?? new Uint8Array(1024);
    const last = packages.reduce((left, right) => Math.max(left, right), 0) >> 3;
    if (last >= own.length) {
      const larger = new Uint8Array(Math.max(last + 1, own.length * 2));
      larger.set(own);
      own = larger;
    }
    for (const number of packages) own[number >> 3] = (own[number >> 3] ?? 0) | (1 << (number & 7));
    bits.set(text, own);
  }
  return Array.from(bits, ([text, own]) => ({
    text,
    distribution: text === '' ? undefined : (JSON.parse(text) as Distribution),
    has: (number) => ((own[number >> 3] ?? 0) & (1 << (number & 7))) !== 0,
  }));
}
