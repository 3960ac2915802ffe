import type { ContainerSpec, HealthCheck, Mount, PublishedPort } from '../../model/container-spec.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { compact } from '../difference.ts';
import { concealObject } from '../redaction.ts';
import { driverOptions, selinuxLabel, tmpfsMapping } from './docker-mount.ts';
import {
  byteSize,
  deviceMapping,
  isQualifiedDevice,
  namespaceMode,
  networksOf,
  restartPolicy,
  securityOptions,
} from './engine-words.ts';

/**
 * A container as the keys of a Compose service, without `deploy`. Left out is what a service cannot say: memory
 * nodes, rate limits of single devices, chosen lists of masked paths. Variables appear by name.
 */
export function composeService(container: ContainerSpec): JsonObject {
  const { capabilities, environment, healthCheck, logging } = container;
  return finish({
    image: container.image.reference,
    entrypoint: container.entrypoint,
    command: container.command,
    user: container.user,
    group_add: container.groups,
    privileged: container.privileged || undefined,
    cap_add: capabilities.add,
    cap_drop: capabilities.drop,
    security_opt: securityOptions(container),
    read_only: container.readOnlyRoot || undefined,
    ...storageKeys(container.mounts),
    volumes_from: container.volumesFrom,
    ...deviceKeys(container),
    ...namespaceKeys(container),
    ...resourceKeys(container),
    ...networkKeys(container),
    environment: environment.map(({ name }) => name),
    labels: ownLabels(container.labels),
    restart: restartPolicy(container.restart),
    healthcheck: healthKeys(healthCheck),
    logging: { driver: logging.driver, options: logging.options },
    runtime: container.runtime,
    cgroup_parent: container.cgroupParent,
  });
}

/** The file's own `volumes`, where drivers and their options are written. */
export function composeVolumes({ mounts }: ContainerSpec): JsonObject {
  const named = mounts.filter(({ kind, source, anonymous }) => kind === 'volume' && source && !anonymous);
  return finish(
    Object.fromEntries(
      named.map((mount) => [mount.source ?? '', { driver: mount.driver, driver_opts: driverOptions(mount) }]),
    ),
  );
}

function storageKeys(mounts: readonly Mount[]): JsonObject {
  return {
    // The long form of a volume knows only size and mode of a tmpfs.
    tmpfs: mounts.filter(({ kind }) => kind === 'tmpfs').map(tmpfsMapping),
    volumes: mounts.filter(({ kind }) => kind !== 'tmpfs').map(volumeEntry),
  };
}

function volumeEntry(mount: Mount): JsonObject {
  const { kind, source, target, readOnly, options } = mount;
  const subpath = options['subpath'];
  return compact({
    type: kind,
    source: mount.anonymous ? undefined : source,
    target,
    read_only: readOnly || undefined,
    bind:
      kind === 'bind'
        ? {
            propagation: mount.propagation,
            selinux: selinuxLabel(mount),
            recursive: mount.readOnlyNonRecursive ? 'writable' : undefined,
          }
        : undefined,
    volume: kind === 'volume' ? { nocopy: Object.hasOwn(options, 'nocopy') || undefined, subpath } : undefined,
    image: kind === 'image' ? { subpath } : undefined,
  });
}

function deviceKeys({ devices, deviceRules, deviceRequests }: ContainerSpec): JsonObject {
  const drivers = deviceRequests.filter((request) => !isQualifiedDevice(request));
  return {
    devices: [...devices.map(deviceMapping), ...deviceRequests.filter(isQualifiedDevice)],
    device_cgroup_rules: deviceRules,
    gpus: drivers.includes('gpu') ? 'all' : drivers.map((driver) => ({ driver, count: -1 })),
  };
}

function namespaceKeys({ namespaces, sysctls, ulimits }: ContainerSpec): JsonObject {
  return {
    pid: namespaceMode(namespaces.pid),
    ipc: namespaceMode(namespaces.ipc, true),
    uts: namespaceMode(namespaces.uts),
    userns_mode: namespaceMode(namespaces.user),
    cgroup: namespaceMode(namespaces.cgroup, true),
    sysctls,
    ulimits: Object.fromEntries(ulimits.map(({ name, soft, hard }) => [name, { soft, hard }])),
  };
}

function resourceKeys({ resources }: ContainerSpec): JsonObject {
  return {
    mem_limit: size(resources.memory),
    memswap_limit: size(resources.memorySwap),
    mem_reservation: size(resources.memoryReservation),
    oom_kill_disable: resources.oomKillDisable || undefined,
    oom_score_adj: resources.oomScoreAdjust,
    cpus: resources.cpus,
    cpu_shares: resources.cpuShares,
    cpuset: resources.cpuset,
    pids_limit: resources.pids,
    blkio_config: { weight: resources.blockIoWeight },
  };
}

function networkKeys(container: ContainerSpec): JsonObject {
  const [first = '', ...others] = networksOf(container);
  const mode = /^(?:host|none|bridge|container:.*|service:.*)$/.test(first);
  return {
    network_mode: mode ? first : undefined,
    networks: mode || first === '' ? undefined : [first, ...others],
    ports: container.ports.map(portEntry),
    expose: container.exposedPorts,
    links: container.links,
    extra_hosts: container.extraHosts,
  };
}

function portEntry({ hostAddress, hostPort, containerPort, protocol }: PublishedPort): JsonObject {
  return compact({
    target: containerPort,
    published: hostPort === undefined ? undefined : String(hostPort),
    host_ip: hostAddress,
    protocol: protocol === 'tcp' ? undefined : protocol,
  });
}

function healthKeys(check: HealthCheck | undefined): JsonObject {
  return check?.test[0] === 'NONE' ? { disable: true } : { test: check?.test };
}

/** Compose writes its own labels itself. */
function ownLabels(labels: ContainerSpec['labels']): JsonObject {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('com.docker.compose.')));
}

function size(bytes: number | undefined): string | number | undefined {
  return bytes === undefined || bytes <= 0 ? bytes : byteSize(bytes);
}

function finish(object: JsonObject): JsonObject {
  return literal(concealObject(compact(object))) as JsonObject;
}

/** Compose replaces `$NAME` in every value; a dollar sign that means itself is doubled. */
function literal(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => literal(each) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literal(each)]));
}
