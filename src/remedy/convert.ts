import type { ContainerSpec, Mount } from '../model/container-spec.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { composeService, composeVolumes } from './dialects/compose.ts';
import { runArguments, runOptions } from './dialects/docker-run.ts';
import { podContainer } from './dialects/pod.ts';
import { noVolumes } from './dialects/pod-volume.ts';
import { yamlLines } from './yaml.ts';

// Whole containers written out. A variable appears by its name: its value stays where it is.

/** One Compose file of all of them. */
export function composeFile(containers: readonly ContainerSpec[]): string {
  const services = named(containers.map(forEngine), serviceName);
  const volumes = services.flatMap(([, { mounts }]) =>
    mounts.flatMap(({ kind, source, anonymous }) => (kind === 'volume' && source && !anonymous ? [source] : [])),
  );
  const drivers = Object.assign({}, ...services.map(([, container]) => composeVolumes(container))) as JsonObject;
  const written = services.map(([name, container]) => [name, serviceOf(name, container, services)] as const);
  const networks = written.flatMap(([, { networks: joined }]) => (Array.isArray(joined) ? (joined as string[]) : []));
  return lines({
    services: Object.fromEntries(written),
    // What services use by a name is declared, or Compose refuses the file.
    ...section('networks', networks, {}),
    ...section('volumes', volumes, drivers),
  });
}

function serviceOf(name: string, container: ContainerSpec, services: readonly Named[]): JsonObject {
  const { image, ...service } = composeService(container);
  const { reference } = container.image;
  const starters = services.filter(([, other]) => isInit(other) && !isInit(container) && isSamePod(other, container));
  return {
    // A variable in front of which Compose would take the dollar sign for itself.
    image: /\$\{?[A-Za-z_]/.test(reference) ? reference : image,
    ...(container.dialect === 'compose' && container.name !== name ? { container_name: container.name } : {}),
    ...service,
    ...(starters.length > 0
      ? {
          depends_on: Object.fromEntries(
            starters.map(([starter]) => [starter, { condition: 'service_completed_successfully' }]),
          ),
        }
      : {}),
  };
}

function section(key: string, names: readonly string[], known: JsonObject): JsonObject {
  const entries = [...new Set(names)].map((name): [string, JsonValue] => [name, known[name] ?? {}]);
  return entries.length === 0 ? {} : { [key]: Object.fromEntries(entries) };
}

/** A pod for each, as documents of one text; containers that were one pod stay one. */
export function podManifests(containers: readonly ContainerSpec[]): string {
  const pods = [...Map.groupBy(containers.map(forPod), (each) => podOf(each) ?? each).values()];
  return named(pods, ([first]) => podName(first ? nameOfPod(first) : ''))
    .map(([name, members]) => podManifest(name, members))
    .join('---\n');
}

function podManifest(name: string, members: readonly ContainerSpec[]): string {
  const volumes = noVolumes();
  const written = named(members, (each) => podName(podOf(each) === undefined ? name : each.name)).map(
    ([own, each]) => [each, podContainer({ ...each, name: own }, volumes)] as const,
  );
  const specs = written.map(([, { pod }]) => pod);
  const initial = written.filter(([each]) => isInit(each)).map(([, { container }]) => container);
  const usual = written.filter(([each]) => !isInit(each)).map(([, { container }]) => container);
  const mounted = specs.flatMap((spec) => (Array.isArray(spec.volumes) ? (spec.volumes as JsonValue[]) : []));
  const { volumes: _volumes, ...spec } = Object.assign({}, ...specs.toReversed()) as JsonObject;
  // What the pod has of its node is the pod's: where one container has given it up, none needs it.
  const given = new Set(
    ['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => specs.some((each) => each[key] !== true)),
  );
  const own = Object.entries(spec).filter(([key]) => !given.has(key));
  const isForeign = members.every(({ dialect }) => dialect !== 'pod');
  return lines({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...written[0]?.[1].metadata },
    spec: {
      ...Object.fromEntries(own),
      // Who has not been written for a cluster does not talk to its API.
      ...(isForeign ? { automountServiceAccountToken: false } : {}),
      ...(mounted.length > 0 ? { volumes: mounted } : {}),
      ...(initial.length > 0 ? { initContainers: initial } : {}),
      containers: usual,
    },
  });
}

/** One command for each, an option a line. */
export function runCommands(containers: readonly ContainerSpec[]): string {
  return named(containers.map(forEngine), serviceName)
    .map(([name, container]) => {
      const own = container.dialect === 'compose' || container.dialect === 'docker-run' ? container.name : name;
      const [image = '', ...words] = runArguments(container);
      const reference = openWord(container.image.reference) ?? image;
      return ['docker run --detach', ...runOptions({ ...container, name: own }), [reference, ...words].join(' ')];
    })
    .map((command) => `${command.join(' \\\n  ')}\n`)
    .join('\n');
}

/** A variable is left for the shell to replace. */
function openWord(text: string): string | undefined {
  return /\$\{?[A-Za-z_]/.test(text) && !/["`\\]|\$\(/.test(text) ? `"${text}"` : undefined;
}

type Named = readonly [name: string, container: ContainerSpec];

/** Each under a name that no other has. */
function named<T>(all: readonly T[], nameOf: (each: T) => string): (readonly [string, T])[] {
  const taken = new Set<string>();
  return all.map((each) => {
    const wish = nameOf(each);
    let name = wish;
    for (let count = 2; taken.has(name); count += 1) name = `${wish}-${count}`;
    taken.add(name);
    return [name, each] as const;
  });
}

function serviceName({ owner, name }: ContainerSpec): string {
  const wish = owner.kind === 'compose' ? (owner.service ?? name) : name;
  return wish.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'container';
}

function nameOfPod(container: ContainerSpec): string {
  return (podOf(container) === undefined ? undefined : container.owner.service) || serviceName(container);
}

/** A label of the domain name system. */
function podName(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .slice(0, 63)
      .replaceAll(/^-+|-+$/g, '') || 'container'
  );
}

/** The pod that a container was read from. */
function podOf({ dialect, origin }: ContainerSpec): string | undefined {
  return dialect === 'pod' && origin?.podPath
    ? JSON.stringify([origin.file, origin.document, origin.podPath])
    : undefined;
}

function isSamePod(one: ContainerSpec, other: ContainerSpec): boolean {
  return podOf(one) !== undefined && podOf(one) === podOf(other);
}

function isInit({ dialect, origin }: ContainerSpec): boolean {
  return dialect === 'pod' && origin?.path?.at(-2) === 'initContainers';
}

/** In words that an engine has: the kinds of a pod's volumes are no drivers of its own. */
export function forEngine(container: ContainerSpec): ContainerSpec {
  const own = withoutImageVariables(container);
  if (own.dialect !== 'pod') return own;
  const { seccomp, ...security } = own.security;
  const isDefault = seccomp === undefined || /^(?:runtime\/?default|docker\/default)$/i.test(seccomp);
  return {
    ...own,
    security: isDefault ? security : { ...security, seccomp },
    mounts: own.mounts.map(volumeOfEngine),
  };
}

function volumeOfEngine(mount: Mount): Mount {
  const { driver, ...rest } = mount;
  if (mount.kind !== 'volume' || driver === undefined) return mount;
  // A ConfigMap and a claim may have the same name.
  const isNamed = driver === 'persistentVolumeClaim' || driver === 'emptyDir' || mount.source === undefined;
  return isNamed ? rest : { ...rest, source: `${mount.source}-${driver.toLowerCase()}` };
}

/** In words that a cluster has: a kubelet confines nothing unless it is told to, so that the default is written down. */
export function forPod(container: ContainerSpec): ContainerSpec {
  const own = withoutImageVariables(container);
  return { ...own, security: { ...own.security, seccomp: own.security.seccomp ?? 'RuntimeDefault' } };
}

/** What an image sets itself needs no name here, and would be taken away by one without a value. */
function withoutImageVariables(container: ContainerSpec): ContainerSpec {
  const environment = container.environment.filter(
    (_, index) => !/^(?:ENV|FROM)\b/.test(container.locate(`environment[${index}]`).path),
  );
  return environment.length === container.environment.length ? container : { ...container, environment };
}

function lines(object: JsonObject): string {
  return `${yamlLines(object).join('\n')}\n`;
}
