/** What a reference says, with what an engine fills in: `nginx` is `docker.io/library/nginx`. */
export interface ParsedReference {
  readonly registry: string;
  /** Without the registry: `library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…`. */
  readonly digest?: string;
}

const defaultRegistry = 'docker.io';
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const hostComponent = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const repositoryForm = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`);
const registryForm = new RegExp(`^(?:${hostComponent}(?:\\.${hostComponent})*|\\[[0-9A-Fa-f:]+\\])(?::\\d+)?$`);
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
/** What engines accept for registry and repository together. */
const longestName = 255;

/**
 * The parts of an image reference, split as engines do. `undefined` when it is not one: an image's id, a variable
 * that nobody replaced, a spelling that engines refuse.
 */
export function parseImageReference(reference: string): ParsedReference | undefined {
  if (isImageId(reference)) return undefined;
  const [named = '', digest, ...rest] = reference.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const name = colon === -1 ? named : named.slice(0, colon);
  const tag = colon === -1 ? undefined : named.slice(colon + 1);
  if (rest.length > 0 || name.length > longestName) return undefined;
  if (tag !== undefined && !tagForm.test(tag)) return undefined;
  if (digest !== undefined && !digestForm.test(digest)) return undefined;
  const { registry, repository } = splitName(name);
  if (!registryForm.test(registry) || !repositoryForm.test(repository)) return undefined;
  return { registry, repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function splitName(name: string): { registry: string; repository: string } {
  const [first = '', ...others] = name.split('/');
  // Only a dot, a port, a capital letter or the word itself tells a host from the first part of a repository.
  const isHost = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const hosted = isHost && others.length > 0;
  const registry = !hosted || first === 'index.docker.io' ? defaultRegistry : first;
  const repository = hosted ? others.join('/') : name;
  const official = registry === defaultRegistry && !repository.includes('/');
  return { registry, repository: official ? `library/${repository}` : repository };
}

/** `docker.io/library/nginx`: the same for every spelling of it. */
export function canonicalName({ registry, repository }: ParsedReference): string {
  return `${registry}/${repository}`;
}

/** `docker.io/library/nginx:latest`: without a tag it is `latest`, as for engines. */
export function canonicalTag(reference: ParsedReference): string {
  return `${canonicalName(reference)}:${reference.tag ?? 'latest'}`;
}

/** Whether it names an image by its id: all of it, or the first digits of `id`. */
export function isImageId(reference: string, id = ''): boolean {
  const digits = imageDigits(reference);
  if (/^[0-9a-f]{64}$/.test(digits)) return true;
  return /^[0-9a-f]{4,63}$/.test(digits) && imageDigits(id).startsWith(digits);
}

/** The digits of an image's id: Docker writes them with the algorithm before them, Podman without. */
export function imageDigits(id: string): string {
  return id.replace(/^sha256:/, '');
}
