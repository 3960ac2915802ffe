import { PlimsollError } from '../../model/error.ts';
import type { BlobStore, DescribedPlatform, Descriptor } from './blob-store.ts';
import { verifiedBytes } from './blob-read.ts';
import { unreadableImage } from './blob-error.ts';
import { isAttestation, type ImageManifest, largestManifest, readManifest } from './manifest.ts';
import { ownPlatform, platformDistance, platformText } from './manifest-platform.ts';

/** Indexes inside of indexes. */
const mostNested = 4;
/** Manifests that are looked at to find out of what platform they are. */
const mostAsked = 500;

/** The image that was chosen, with what led to it. */
export interface ChosenManifest {
  readonly descriptor: Descriptor;
  readonly manifest: ImageManifest;
}

interface Candidate {
  readonly descriptor: Descriptor;
  readonly manifest?: ImageManifest;
}

/**
 * Follows a descriptor to the manifest of one image: through indexes to the one for a platform. Where nobody asked for a platform
 * and only one image is there, that one is meant.
 *
 * @throws PlimsollError where none is for that platform, saying which there are
 */
export async function chooseManifest(
  store: BlobStore,
  root: Descriptor,
  wanted: DescribedPlatform | undefined,
): Promise<ChosenManifest> {
  const candidates = await candidatesBelow(store, root, mostNested, new Set());
  const present = store.has ? candidates.filter(({ descriptor }) => store.has?.(descriptor.digest)) : candidates;
  const fitting = closest(present, wanted ?? ownPlatform());
  const only = wanted === undefined && present.length === 1 ? present[0] : undefined;
  const chosen = fitting ?? only ?? unnamed(present);
  if (!chosen) throw noneFor(wanted ?? ownPlatform(), store, candidates, present);
  const manifest = chosen.manifest ?? (await readManifestOf(store, chosen.descriptor));
  if (manifest.kind === 'manifest') return { descriptor: chosen.descriptor, manifest };
  throw tooNested(store);
}

/** All images that a descriptor leads to, in their order; attestations are none. */
async function candidatesBelow(
  store: BlobStore,
  root: Descriptor,
  depth: number,
  seen: Set<string>,
): Promise<Candidate[]> {
  if (seen.has(root.digest)) return [];
  seen.add(root.digest);
  const read = await readManifestOf(store, root);
  if (read.kind === 'manifest') return [{ descriptor: root, manifest: read }];
  if (depth === 0 || seen.size > mostAsked) throw tooNested(store);
  const found: Candidate[] = [];
  for (const each of read.manifests) {
    if (isAttestation(each)) continue;
    if (!isIndex(each)) found.push({ descriptor: each });
    else if (!store.has || store.has(each.digest)) found.push(...(await candidatesBelow(store, each, depth - 1, seen)));
  }
  return found;
}

function isIndex({ mediaType, platform }: Descriptor): boolean {
  const isNamed = mediaType.includes('.index.') || mediaType.includes('.manifest.list.');
  return isNamed || (mediaType === '' && !platform);
}

async function readManifestOf(store: BlobStore, descriptor: Descriptor) {
  const name = `${store.source} ${descriptor.digest}`;
  return readManifest(await verifiedBytes(store, descriptor, largestManifest, name), name);
}

function closest(candidates: readonly Candidate[], wanted: DescribedPlatform): Candidate | undefined {
  let best: { readonly candidate: Candidate; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const { platform } = candidate.descriptor;
    const distance = platform && platformDistance(wanted, platform);
    if (distance !== undefined && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** An image of which nothing says for what it is: its configuration may. */
function unnamed(candidates: readonly Candidate[]): Candidate | undefined {
  const found = candidates.filter(({ descriptor }) => !descriptor.platform);
  return found.length === 1 ? found[0] : undefined;
}

function noneFor(
  wanted: DescribedPlatform,
  { source }: BlobStore,
  candidates: readonly Candidate[],
  present: readonly Candidate[],
): PlimsollError {
  const list = namesOf(present);
  const isElsewhere = closest(candidates, wanted) !== undefined;
  const platform = platformText(wanted);
  return new PlimsollError(
    'image-not-found',
    isElsewhere
      ? {
          en: `${source} names an image for ${platform}, but does not hold it`,
          zh: `${source} 列出了 ${platform} 的镜像，但其中并不包含该镜像`,
        }
      : { en: `${source} has no image for ${platform}`, zh: `${source} 中没有 ${platform} 的镜像` },
    list === ''
      ? { en: 'There is none for any other platform either.', zh: '也没有其他平台的镜像。' }
      : { en: `Choose with --platform one of: ${list}.`, zh: `请用 --platform 选择其一：${list}。` },
  );
}

/** So many are named. */
const mostNames = 20;

function namesOf(candidates: readonly Candidate[]): string {
  const names = new Set(
    candidates.map(({ descriptor }) => (descriptor.platform ? platformText(descriptor.platform) : '?')),
  );
  return [...names].slice(0, mostNames).join(', ');
}

function tooNested({ source }: BlobStore): PlimsollError {
  return unreadableImage(source, { en: 'its indexes are nested too deeply', zh: '其索引嵌套过深' });
}
