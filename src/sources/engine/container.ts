import type {
  ContainerSpec,
  HealthCheck,
  Owner,
  PublishedPort,
  RestartPolicy,
  SecurityOptions,
} from '../../model/container-spec.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { Secret } from '../../model/secret.ts';
import { locateIn, type Places } from './container-fields.ts';
import { mountsOfCreateRequest, mountsOfInspect, type PlacedMount } from './container-mounts.ts';
import { readResources } from './container-resources.ts';
import { booleanAt, fieldAt, listAt, numberAt, objectAt, stringAt, stringsAt, textAt, textsAt } from './reading.ts';

/** Reads the answer of `GET /containers/ID/json`. */
export function containerFromInspect(answer: JsonValue): ContainerSpec {
  const host = objectAt(answer, 'HostConfig');
  const config = objectAt(answer, 'Config');
  const state = objectAt(answer, 'State');
  // Between two attempts a restarting container has no process, although the engine calls it running.
  // Podman does not call one that is paused running.
  const isUp = booleanAt(state, 'Running') === true || booleanAt(state, 'Paused') === true;
  const running = isUp && booleanAt(state, 'Restarting') !== true;
  const spec = specOf(config, host);
  const health = textAt(objectAt(state, 'Health'), 'Status');
  const mounts = mountsOfInspect(answer, host);
  const profile = profileOf(answer, spec.security);
  const taken = objectAt(objectAt(answer, 'NetworkSettings'), 'Ports');
  const places = {
    ...placesOf(host, 'Config.', config, mounts),
    ...(profile && { 'security.appArmor': 'AppArmorProfile' }),
  };
  return {
    ...spec,
    id: stringAt(answer, 'Id') ?? '',
    name: (stringAt(answer, 'Name') ?? '').replace(/^\//, ''),
    state: running ? 'running' : 'stopped',
    ...(running ? {} : stopOf(answer, state)),
    image: { ...spec.image, ...idOf(textAt(answer, 'Image')) },
    security: { ...spec.security, ...labelOf(stringAt(answer, 'ProcessLabel')), ...profile },
    ports: portsOf(host, taken).map(({ port }) => port),
    mounts: mounts.map(({ mount }) => mount),
    ...(spec.healthCheck ? { healthCheck: { ...spec.healthCheck, ...(health ? { status: health } : {}) } } : {}),
    locate: (field) => locateIn('inspect', field, places),
  };
}

/** Reads the body of `POST /containers/create`; `name` is its query parameter. */
export function containerFromCreateRequest(body: JsonValue, name = ''): ContainerSpec {
  const host = objectAt(body, 'HostConfig');
  const mounts = mountsOfCreateRequest(body, host);
  const places = placesOf(host, '', body, mounts);
  return {
    ...specOf(body, host),
    name,
    mounts: mounts.map(({ mount }) => mount),
    locate: (field) => locateIn('create', field, places),
  };
}

/** Where entries of lists were read that the API keeps by name, or in several fields. */
function placesOf(host: JsonObject, configPrefix: string, config: JsonValue, mounts: readonly PlacedMount[]): Places {
  const ports = portsOf(host).map(({ path }, index) => [`ports[${index}]`, path]);
  const exposed = Object.keys(objectAt(config, 'ExposedPorts')).map((port, index) => [
    `exposedPorts[${index}]`,
    `${configPrefix}ExposedPorts["${port}"]`,
  ]);
  return Object.fromEntries([
    ...mounts.map(({ path }, index) => [`mounts[${index}]`, path]),
    ...ports,
    ...exposed,
  ]) as Places;
}

type PaperSpec = Omit<ContainerSpec, 'locate' | 'mounts'>;

function specOf(config: JsonValue, host: JsonObject): PaperSpec {
  const labels = textsAt(config, 'Labels');
  return {
    name: '',
    dialect: 'engine-api',
    state: 'declared',
    image: { reference: stringAt(config, 'Image') ?? '' },
    entrypoint: stringsAt(config, 'Entrypoint'),
    command: stringsAt(config, 'Cmd'),
    user: textAt(config, 'User'),
    groups: stringsAt(host, 'GroupAdd'),
    privileged: booleanAt(host, 'Privileged') ?? false,
    capabilities: { add: stringsAt(host, 'CapAdd'), drop: stringsAt(host, 'CapDrop') },
    security: securityOf(stringsAt(host, 'SecurityOpt')),
    readOnlyRoot: booleanAt(host, 'ReadonlyRootfs') ?? false,
    devices: listAt(host, 'Devices').map((each) => ({
      source: stringAt(each, 'PathOnHost') ?? '',
      target: stringAt(each, 'PathInContainer') ?? '',
      permissions: stringAt(each, 'CgroupPermissions') ?? '',
    })),
    deviceRules: stringsAt(host, 'DeviceCgroupRules'),
    deviceRequests: listAt(host, 'DeviceRequests').map(
      (each) =>
        textAt(each, 'Driver') ??
        (stringsAt(each, 'DeviceIDs').join(',') || textsWithin(listAt(each, 'Capabilities')).join(',')),
    ),
    namespaces: {
      network: textAt(host, 'NetworkMode'),
      pid: textAt(host, 'PidMode'),
      ipc: textAt(host, 'IpcMode'),
      uts: textAt(host, 'UTSMode'),
      user: textAt(host, 'UsernsMode'),
      cgroup: textAt(host, 'CgroupnsMode'),
    },
    ...pathsOf(host, 'MaskedPaths', 'maskedPaths'),
    ...pathsOf(host, 'ReadonlyPaths', 'readOnlyPaths'),
    sysctls: textsAt(host, 'Sysctls'),
    ulimits: listAt(host, 'Ulimits').map((each) => ({
      name: stringAt(each, 'Name') ?? '',
      soft: numberAt(each, 'Soft') ?? 0,
      hard: numberAt(each, 'Hard') ?? 0,
    })),
    resources: readResources(host),
    ports: portsOf(host).map(({ port }) => port),
    ...(booleanAt(host, 'PublishAllPorts') ? { publishAllPorts: true } : {}),
    exposedPorts: Object.keys(objectAt(config, 'ExposedPorts')),
    ...takenOverOf(host),
    networks: Object.keys(objectAt(objectAt(config, 'NetworkingConfig'), 'EndpointsConfig')),
    environment: stringsAt(config, 'Env').map((each) => {
      const separator = each.indexOf('=');
      const name = separator < 0 ? each : each.slice(0, separator);
      return { name, value: new Secret(separator < 0 ? '' : each.slice(separator + 1)) };
    }),
    labels,
    restart: restartOf(host),
    healthCheck: healthCheckOf(config),
    logging: {
      driver: textAt(objectAt(host, 'LogConfig'), 'Type'),
      options: textsAt(objectAt(host, 'LogConfig'), 'Config'),
    },
    runtime: textAt(host, 'Runtime'),
    cgroupParent: textAt(host, 'CgroupParent'),
    owner: ownerOf(labels),
  };
}

/** A device is asked for by lists of capabilities within a list. */
function textsWithin(lists: readonly JsonValue[]): string[] {
  return lists.flat().filter((each) => typeof each === 'string');
}

function securityOf(options: readonly string[]): SecurityOptions {
  const selinux: string[] = [];
  const security: { noNewPrivileges?: boolean; seccomp?: string; appArmor?: string } = {};
  for (const option of options) {
    // Both `name=value` and the older `name:value` are accepted by the engine, and `disable` for `label=disable`.
    const [, name = option, value = ''] = /^([a-z-]+)[=:]([\s\S]*)$/.exec(option) ?? [];
    if (name === 'no-new-privileges') security.noNewPrivileges = value === '' || isTrue(value);
    else if (option === 'disable') selinux.push(option);
    else if (name === 'seccomp') security.seccomp = value;
    else if (name === 'apparmor') security.appArmor = value;
    else if (name === 'label') selinux.push(value);
  }
  return { ...security, selinux };
}

/** When it ended; of one that never ran, when it was made. The engine writes the year 1 for never. */
function stopOf(answer: JsonValue, state: JsonObject): { readonly stoppedSince?: number } {
  const ended = Date.parse(stringAt(state, 'FinishedAt') ?? '');
  const made = stringAt(state, 'Status') === 'created' ? Date.parse(stringAt(answer, 'Created') ?? '') : Number.NaN;
  const time = [ended, made].find((each) => each > 0);
  return time === undefined ? {} : { stoppedSince: time };
}

type TakenOver = Pick<ContainerSpec, 'links' | 'extraHosts' | 'volumesFrom'>;

/** What it takes over from other containers and from the host; the engine writes a link as `/db:/web/database`. */
function takenOverOf(host: JsonObject): TakenOver {
  const links = stringsAt(host, 'Links').map((link) => {
    const [source = '', alias] = link.split(':');
    const name = alias?.slice(alias.lastIndexOf('/') + 1);
    return source.replace(/^\//, '') + (name === undefined ? '' : `:${name}`);
  });
  const extraHosts = stringsAt(host, 'ExtraHosts');
  const volumesFrom = stringsAt(host, 'VolumesFrom');
  return {
    ...(links.length > 0 ? { links } : {}),
    ...(extraHosts.length > 0 ? { extraHosts } : {}),
    ...(volumesFrom.length > 0 ? { volumesFrom } : {}),
  };
}

/** What the engine's own language takes for true. */
function isTrue(value: string): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
}

function idOf(id: string | undefined) {
  return id ? { id } : {};
}

function labelOf(processLabel: string | undefined) {
  return processLabel ? { processLabel } : {};
}

/** The engine names the profile that it applied in a field of its own. */
function profileOf(answer: JsonValue, security: SecurityOptions) {
  const applied = textAt(answer, 'AppArmorProfile');
  return applied && security.appArmor === undefined ? { appArmor: applied } : undefined;
}

/** An absent or `null` list means the engine's default; an empty one means that nothing is masked. */
function pathsOf(host: JsonObject, field: string, name: 'maskedPaths' | 'readOnlyPaths') {
  return Array.isArray(fieldAt(host, field)) ? { [name]: stringsAt(host, field) } : {};
}

/** `taken` are the ports that the engine took for a container that runs. */
function portsOf(host: JsonObject, taken: JsonObject = {}): { port: PublishedPort; path: string }[] {
  return Object.entries(objectAt(host, 'PortBindings')).flatMap(([key, bindings]) => {
    const [port = '', protocol = 'tcp'] = key.split('/');
    if (!Array.isArray(bindings)) return [];
    return (bindings as readonly JsonValue[]).map((binding, index) => ({
      port: {
        hostAddress: textAt(binding, 'HostIp'),
        hostPort: hostPortOf(textAt(binding, 'HostPort') ?? '', listAt(taken, key)),
        containerPort: Number(port),
        protocol: protocol as PublishedPort['protocol'],
      },
      path: `HostConfig.PortBindings["${key}"][${index}]`,
    }));
  });
}

/** Of a range the engine takes a port that is free, the first one mostly. */
function hostPortOf(asked: string, taken: readonly JsonValue[]): number | undefined {
  const [first = 0, last = first] = asked.split('-').map(Number);
  const ports = taken.map((each) => Number(textAt(each, 'HostPort')));
  return (last > first ? ports.find((port) => first <= port && port <= last) : undefined) ?? (first || undefined);
}

function restartOf(host: JsonObject): RestartPolicy {
  const policy = objectAt(host, 'RestartPolicy');
  return {
    name: textAt(policy, 'Name') as RestartPolicy['name'],
    maximumRetries: numberAt(policy, 'MaximumRetryCount'),
  };
}

function healthCheckOf(config: JsonValue): HealthCheck | undefined {
  const test = stringsAt(objectAt(config, 'Healthcheck'), 'Test');
  return test.length > 0 ? { test } : undefined;
}

function ownerOf(labels: Readonly<Record<string, string>>): Owner {
  if (labels['io.kubernetes.pod.name']) {
    return {
      kind: 'kubernetes',
      project: labels['io.kubernetes.pod.namespace'],
      service: labels['io.kubernetes.pod.name'],
    };
  }
  if (labels['com.docker.swarm.service.name']) {
    return { kind: 'swarm', service: labels['com.docker.swarm.service.name'] };
  }
  if (labels['com.docker.compose.project']) {
    return {
      kind: 'compose',
      project: labels['com.docker.compose.project'],
      service: labels['com.docker.compose.service'],
      files: labels['com.docker.compose.project.config_files']?.split(',') ?? [],
    };
  }
  return { kind: 'none' };
}
