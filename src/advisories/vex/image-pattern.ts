import { canonicalName, type ParsedReference, parseImageReference } from '../../model/image-reference.ts';
import { parsePurl, type Purl } from '../../model/purl.ts';
import type { VexProduct } from './statement.ts';
import { digestAtEnd } from './vex-fields.ts';

/** The image that packages are in, by all that it is known by. */
export interface VexImage {
  /** `sha256:…`: its id, its manifest, the index that it was pulled by. */
  readonly digests: readonly string[];
  /** `docker.io/library/nginx:1.27`, `registry.example/shop/web@sha256:…`. */
  readonly references: readonly string[];
  /** As purls have it: `amd64`. */
  readonly architecture?: string;
}

/**
 * How exactly a product of a statement names this image: higher for a digest than for a tag, and for that than for a
 * name alone. Undefined where it names another.
 *
 * Whatever has the same digest is the same image, wherever it was pulled from.
 */
export function imageExactness({ purl: text, digest }: VexProduct, image: VexImage): number | undefined {
  const purl = text === undefined ? undefined : parsePurl(text);
  const wanted = digest ?? digestAtEnd(purl?.version);
  if (purl && !hasArchitecture(purl, image)) return undefined;
  if (wanted !== undefined) return digestsOf(image).includes(wanted) ? 300 : undefined;
  if (!purl || [...purl.qualifiers.keys()].some((key) => !understood.has(key))) return undefined;
  const exactness = image.references.flatMap((reference) => {
    const parsed = parseImageReference(reference);
    return (parsed && exactnessOf(purl, parsed)) ?? [];
  });
  return exactness.length === 0 ? undefined : Math.max(...exactness);
}

const understood: ReadonlySet<string> = new Set(['arch', 'mediatype', 'os', 'repository_url', 'tag']);

function digestsOf({ digests, references }: VexImage): readonly string[] {
  return [...digests, ...references.flatMap((reference) => digestAtEnd(reference) ?? [])];
}

function hasArchitecture({ qualifiers }: Purl, { architecture }: VexImage): boolean {
  const wanted = qualifiers.get('arch');
  return wanted === undefined || architecture === undefined || wanted === architecture;
}

function exactnessOf(purl: Purl, reference: ParsedReference): number | undefined {
  return purl.type === 'docker' ? exactnessOfDocker(purl, reference) : exactnessOfOci(purl, reference);
}

/** `pkg:oci/web?repository_url=registry.example/shop/web&tag=1`; the name may be missing in the address. */
function exactnessOfOci({ name, version, qualifiers }: Purl, reference: ParsedReference): number | undefined {
  const full = canonicalName(reference);
  const address = qualifiers
    .get('repository_url')
    ?.replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  const tag = qualifiers.get('tag') ?? version;
  if (full.slice(full.lastIndexOf('/') + 1) !== name.toLowerCase()) return undefined;
  if (address !== undefined && !isRepository(address, name, full)) return undefined;
  if (tag !== undefined && tag !== reference.tag) return undefined;
  return (address === undefined ? 0 : 10) + (tag === undefined ? 0 : 100);
}

function isRepository(address: string, name: string, full: string): boolean {
  return [address, `${address}/${name.toLowerCase()}`].some((written) => {
    const parsed = parseImageReference(written);
    return parsed !== undefined && canonicalName(parsed) === full;
  });
}

/** `pkg:docker/shop/web@1?repository_url=registry.example`: of Docker Hub where no registry is named. */
function exactnessOfDocker(
  { namespace, name, version, qualifiers }: Purl,
  reference: ParsedReference,
): number | undefined {
  const registry = qualifiers
    .get('repository_url')
    ?.replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  const path = [registry, namespace, name].filter((part) => part !== undefined).join('/');
  const parsed = parseImageReference(path);
  const tag = qualifiers.get('tag') ?? version;
  if (!parsed || canonicalName(parsed) !== canonicalName(reference)) return undefined;
  if (tag !== undefined && tag !== reference.tag) return undefined;
  return 10 + (tag === undefined ? 0 : 100);
}
