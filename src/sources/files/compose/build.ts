import type { ContainerSpec } from '../../../model/container-spec.ts';
import type { FieldPlace } from './fields.ts';
import { isRemote, pathIn } from './loading.ts';
import { type ComposeMapping, type ComposeNode, childOf } from './node.ts';
import { itemsOf, textAt, textOf, wordOf } from './read-node.ts';

/** The container that an image made from the Dockerfile at a path would be; undefined where there is none to read. */
export type DockerfileOf = (path: string, target?: string) => ContainerSpec | undefined;

type PaperSpec = Omit<ContainerSpec, 'locate'>;

export interface ServiceImage {
  readonly reference: string;
  /** It is built here, and nobody gave it a name that a registry would know. */
  readonly unnamed: boolean;
  /** Adds what the service takes over from its image, each at its place in the Dockerfile. */
  complete(spec: PaperSpec, places: Map<string, FieldPlace>): PaperSpec;
}

export interface BuildContext {
  readonly name: string;
  readonly service: ComposeMapping;
  readonly projectName: string;
  readonly dockerfileOf?: DockerfileOf | undefined;
}

/** The image that a service runs: the one it names, or the one that it builds, with what its Dockerfile says. */
export function builtImage({ name, service, projectName, dockerfileOf }: BuildContext): ServiceImage {
  const image = wordOf(childOf(service, 'image'));
  const build = childOf(service, 'build');
  if (build === undefined) return { reference: image ?? '', unnamed: false, complete: (spec) => spec };
  const [tag] = itemsOf(childOf(build, 'tags'));
  const path = dockerfilePath(service, build);
  const made = path === undefined ? undefined : dockerfileOf?.(path, wordOf(childOf(build, 'target')));
  return {
    reference: image ?? wordOf(tag) ?? `${projectName}-${name}`,
    unnamed: (image ?? tag) === undefined || isNeverPulled(service, image),
    complete: (spec, places) => (made ? withImage(spec, made, places) : spec),
  };
}

/** Compose pulls an image that it could build first, unless it is told not to; of a single word there is none to pull. */
function isNeverPulled(service: ComposeMapping, image: string | undefined): boolean {
  const policy = wordOf(childOf(service, 'pull_policy'));
  return policy === undefined ? image !== undefined && !image.includes('/') : ['build', 'never'].includes(policy);
}

/** Undefined where it is kept elsewhere, or written in the Compose file itself. */
function dockerfilePath(service: ComposeMapping, build: ComposeNode): string | undefined {
  if (childOf(build, 'dockerfile_inline')) return undefined;
  const named = childOf(build, 'context');
  const context = textOf(build) ?? textOf(named) ?? '.';
  if (isRemote(context) || context.includes('$')) return undefined;
  const folder = pathIn((named ?? build).place.source.base, context);
  return pathIn(folder, textAt(build, 'dockerfile') ?? textAt(service, 'dockerfile') ?? 'Dockerfile');
}

/** A service goes before its image. */
function withImage(spec: PaperSpec, made: ContainerSpec, places: Map<string, FieldPlace>): PaperSpec {
  const { user = made.user, healthCheck = made.healthCheck } = spec;
  if (spec.user === undefined && made.user !== undefined) places.set('user', made.locate('user'));
  if (spec.healthCheck === undefined && made.healthCheck) {
    places.set('healthCheck', made.locate('healthCheck'));
    places.set('healthCheck.test', made.locate('healthCheck.test'));
  }
  const names = new Set(spec.environment.map((variable) => variable.name));
  const inherited = made.environment.flatMap((variable, index) =>
    names.has(variable.name) ? [] : [{ variable, index }],
  );
  for (const [offset, { index }] of inherited.entries()) {
    places.set(`environment[${spec.environment.length + offset}]`, made.locate(`environment[${index}]`));
  }
  return {
    ...spec,
    user,
    healthCheck,
    environment: [...spec.environment, ...inherited.map(({ variable }) => variable)],
  };
}
