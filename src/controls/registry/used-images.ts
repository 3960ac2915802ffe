import type { EngineFacts, ImageSummary } from '../../model/engine.ts';
import type { Machine } from '../../model/control.ts';
import { type Fact, mapFact } from '../../model/fact.ts';
import { canonicalName, imageDigits, parseImageReference, type ParsedReference } from '../../model/image-reference.ts';
import { isLoopback } from '../../model/internet-address.ts';
import { repositoriesOf } from '../image/names-of-image.ts';
import { unreadContainers } from '../unread-containers.ts';

/** An image that containers were made from, and where it was pulled from. */
export interface UsedImage {
  readonly name: string;
  /** With their registries, as `docker.io/library/nginx`; empty for an image that was built here. */
  readonly origins: readonly ParsedReference[];
}

/** The images that containers of this machine, running or not, were made from. */
function usedImages({ images }: EngineFacts, machine: Machine | undefined): Fact<readonly UsedImage[]> {
  const ids = new Set((machine?.containers ?? []).map(({ image }) => imageDigits(image.id ?? '')));
  return mapFact(images, (list) =>
    list
      .filter(({ id }) => ids.has(imageDigits(id)))
      .map((image) => ({
        name: image.tags[0] ?? image.digests[0]?.replace(/@.*$/, '') ?? image.id,
        origins: originsOf(image, machine),
      })),
  );
}

/** A tag is anybody's word, and containerd gives what was built here a digest of it too, but keeps how it came. */
function originsOf({ id, digests }: ImageSummary, machine: Machine | undefined): ParsedReference[] {
  const described = machine?.images.find((each) => imageDigits(each.id) === imageDigits(id));
  const names = described ? repositoriesOf(described) : digests;
  return names.flatMap((name) => parseImageReference(name) ?? []);
}

/** The images that were pulled from a registry on the network, not built here and not from this machine itself. */
export function pulledImages(engine: EngineFacts, machine: Machine | undefined): Fact<readonly UsedImage[]> {
  const gap = unreadContainers(engine, machine);
  if (gap) return gap;
  return mapFact(usedImages(engine, machine), (images) =>
    images
      .map(({ name, origins }) => ({ name, origins: origins.filter(({ registry }) => !isLoopback(hostOf(registry))) }))
      .filter(({ origins }) => origins.length > 0),
  );
}

/** The registries that images were pulled from. */
export function registriesOf(images: readonly UsedImage[]): string[] {
  return [...new Set(images.flatMap(({ origins }) => origins.map(({ registry }) => registry)))].toSorted();
}

/** A registry without its port. */
export function hostOf(registry: string): string {
  return registry.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/** Whether a registry, or a repository in it, is named by an entry: `registry.example`, `ghcr.io/shop`. */
export function isNamedBy(origin: ParsedReference, entries: readonly string[]): boolean {
  const name = `${canonicalName(origin)}/`;
  return entries.some((entry) => name.startsWith(`${entry.replace(/\/$/, '')}/`));
}

/** Registries that hold what everybody publishes. */
export const publicRegistries = [
  'docker.elastic.co',
  'docker.io',
  'gcr.io',
  'ghcr.io',
  'k8s.gcr.io',
  'lscr.io',
  'mcr.microsoft.com',
  'nvcr.io',
  'public.ecr.aws',
  'quay.io',
  'registry.access.redhat.com',
  'registry.gitlab.com',
  'registry.k8s.io',
];
