import { PlimsollError } from '../../model/error.ts';
import { canonicalTag, parseImageReference } from '../../model/image-reference.ts';
import { unreadableImage } from './blob-error.ts';
import type { Descriptor } from './blob-store.ts';
import { isAttestation } from './manifest.ts';

/** A tag or a whole name, by the specification; a whole name, as Docker and containerd write it. */
const referenceKey = 'org.opencontainers.image.ref.name';
const nameKey = 'io.containerd.image.name';
/** So many are named. */
const mostNames = 20;

/** All names of an image of a layout. What is only a tag names nothing. */
export function imageNamesOf(manifests: readonly Descriptor[], image: Descriptor): string[] {
  const names = manifests.flatMap((each) => (each.digest === image.digest ? (imageNameOf(each) ?? []) : []));
  return [...new Set(names.filter((name) => /[/:]/.test(name)))];
}

function imageNameOf({ annotations }: Descriptor): string | undefined {
  return annotations.get(nameKey) || annotations.get(referenceKey) || undefined;
}

/**
 * The image of an index that is meant: the only one, or the one with that name, tag or digest.
 *
 * @param source what errors call the place
 * @throws PlimsollError that says which there are
 */
export function chooseReference(
  manifests: readonly Descriptor[],
  reference: string | undefined,
  source: string,
): Descriptor {
  const images = manifests.filter((each) => !isAttestation(each));
  if (images.length === 0) throw unreadableImage(source, { en: 'it holds no image', zh: '其中没有镜像' });
  if (reference !== undefined) {
    const named = images.find((each) => isNamed(each, reference));
    if (named) return named;
    throw noneCalled(reference, namesOf(images), source);
  }
  const [first] = images;
  if (first && images.every(({ digest }) => digest === first.digest)) return first;
  // The same name for several platforms is one image.
  const names = new Set(images.map(imageNameOf));
  if (first && names.size === 1 && images.every(({ platform }) => platform)) return first;
  throw severalImages(namesOf(images), source);
}

function isNamed({ digest, annotations }: Descriptor, reference: string): boolean {
  if (digest === reference) return true;
  const names = [annotations.get(referenceKey), annotations.get(nameKey)];
  return names.some((name) => name !== undefined && isSameName(name, reference));
}

/** Whether two names are the same, however they are written: `alpine` is `docker.io/library/alpine:latest`. */
export function isSameName(name: string, reference: string): boolean {
  if (name === reference) return true;
  const [left, right] = [parseImageReference(name), parseImageReference(reference)];
  return left !== undefined && right !== undefined && canonicalTag(left) === canonicalTag(right);
}

function namesOf(images: readonly Descriptor[]): string[] {
  return images.map((each) => imageNameOf(each) ?? each.digest);
}

/** @param names of the images that there are */
export function noneCalled(reference: string, names: readonly string[], source: string): PlimsollError {
  return new PlimsollError(
    'image-not-found',
    { en: `${source} holds no image ${reference}`, zh: `${source} 中没有镜像 ${reference}` },
    choices(names),
  );
}

export function severalImages(names: readonly string[], source: string): PlimsollError {
  return new PlimsollError(
    'usage',
    { en: `${source} holds several images`, zh: `${source} 中有多个镜像` },
    choices(names),
  );
}

function choices(names: readonly string[]) {
  if (names.length === 0) {
    return {
      en: 'It holds no images, but a root file system: leave the name away.',
      zh: '其中不是镜像，而是根文件系统：请去掉名称。',
    };
  }
  const list = [...new Set(names)];
  const shown = list.slice(0, mostNames);
  const more = list.length - shown.length;
  return {
    en: `Name one of: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    zh: `请指定其中之一：${shown.join('、')}${more > 0 ? `，另有 ${more} 个` : ''}。`,
  };
}
