import type { ImageConfiguration, ImageFacts } from '../../model/image.ts';
import { canonicalName, type ParsedReference, parseImageReference } from '../../model/image-reference.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Evidence } from '../../model/fact.ts';

/** The names of an image that can be read, its tags first. */
export function namesOf({ tags, digests }: Pick<ImageFacts, 'tags' | 'digests'>): readonly ParsedReference[] {
  return [...tags, ...digests].flatMap((name) => parseImageReference(name) ?? []);
}

/** Where it can be pulled from; none for what was built here and never pushed. */
export function repositoriesOf({ digests, origin }: ImageFacts): readonly string[] {
  if (origin && origin.repositories.length > 0) return origin.repositories.map(canonical);
  // Podman gives an image a digest when it builds it, and `localhost`, without a port, for a registry.
  return origin?.built ? [] : [...new Set(digests.map(canonical))].filter((name) => !name.startsWith('localhost/'));
}

function canonical(name: string): string {
  const parsed = parseImageReference(name);
  return parsed ? canonicalName(parsed) : name;
}

/** An official image of Docker Hub, which nobody here builds. */
export function isOfficial(image: ImageFacts): boolean {
  const repositories = repositoriesOf(image);
  return repositories.length > 0 && repositories.every((name) => name.startsWith('docker.io/library/'));
}

/** Whether it is made here: built by this engine and from no registry, or of a repository that is said to be ours. */
export function isOurs(image: ImageFacts, repositories: readonly string[]): boolean {
  return (
    repositoriesOf(image).length === 0 ||
    image.origin?.built === true ||
    namesOf(image).some((name) => isListed(canonicalName(name), repositories))
  );
}

/**
 * Whether a canonical name is one of these registries or below one of these repositories. `*` is any text, but in a
 * registry's name no slash: `*.example/shop` is not `evil.test/x.example/shop`.
 */
export function isListed(name: string, patterns: readonly string[]): boolean {
  const [registry, repository] = splitAtSlash(name);
  return patterns.some((pattern) => {
    const [host, path] = splitAtSlash(pattern.replace(/\/{1,20}$/, ''));
    if (!matchesGlob(host, registry)) return false;
    return path === '' || matchesGlob(path, repository) || matchesGlob(`${path}/*`, repository);
  });
}

function splitAtSlash(text: string): readonly [string, string] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
}

/** A field of the engine's answer about an image, as evidence. */
export function inspected(field: string, value: JsonValue): Evidence {
  return { source: 'engine-api', path: `GET /images/ID/json ${field}`, value };
}

/** A part of an image's history, as evidence: never a step's whole text, which may hold a secret. */
export function stepEvidence(index: number, value: JsonValue): Evidence {
  return { source: 'engine-api', path: `GET /images/ID/history step ${index + 1}`, value };
}

/** What an image says of itself when it says nothing; for counterexamples. */
export const bareConfiguration: ImageConfiguration = {
  user: '',
  exposedPorts: [],
  environment: [],
  entrypoint: [],
  command: [],
  volumes: [],
  labels: {},
  workingDirectory: '',
  onBuild: [],
  shell: [],
};
