import type { Location } from '../../model/location.ts';

/** Fields whose place is the same in an inspected container and in a create request. */
const hostFields: Readonly<Record<string, string>> = {
  groups: 'GroupAdd',
  privileged: 'Privileged',
  'capabilities.add': 'CapAdd',
  'capabilities.drop': 'CapDrop',
  security: 'SecurityOpt',
  readOnlyRoot: 'ReadonlyRootfs',
  devices: 'Devices',
  deviceRules: 'DeviceCgroupRules',
  deviceRequests: 'DeviceRequests',
  'namespaces.network': 'NetworkMode',
  'namespaces.pid': 'PidMode',
  'namespaces.ipc': 'IpcMode',
  'namespaces.uts': 'UTSMode',
  'namespaces.user': 'UsernsMode',
  'namespaces.cgroup': 'CgroupnsMode',
  maskedPaths: 'MaskedPaths',
  readOnlyPaths: 'ReadonlyPaths',
  sysctls: 'Sysctls',
  ulimits: 'Ulimits',
  'resources.memory': 'Memory',
  'resources.memorySwap': 'MemorySwap',
  'resources.memoryReservation': 'MemoryReservation',
  'resources.oomKillDisable': 'OomKillDisable',
  'resources.oomScoreAdjust': 'OomScoreAdj',
  'resources.cpus': 'NanoCpus',
  'resources.cpuShares': 'CpuShares',
  'resources.cpuset': 'CpusetCpus',
  'resources.memoryNodes': 'CpusetMems',
  'resources.pids': 'PidsLimit',
  'resources.blockIoWeight': 'BlkioWeight',
  'resources.blockIoThrottles': 'BlkioDevice*',
  ports: 'PortBindings',
  publishAllPorts: 'PublishAllPorts',
  links: 'Links',
  extraHosts: 'ExtraHosts',
  volumesFrom: 'VolumesFrom',
  'restart.name': 'RestartPolicy.Name',
  'restart.maximumRetries': 'RestartPolicy.MaximumRetryCount',
  restart: 'RestartPolicy',
  'logging.driver': 'LogConfig.Type',
  'logging.options': 'LogConfig.Config',
  logging: 'LogConfig',
  runtime: 'Runtime',
  cgroupParent: 'CgroupParent',
};

const configFields: Readonly<Record<string, string>> = {
  image: 'Image',
  'image.reference': 'Image',
  entrypoint: 'Entrypoint',
  command: 'Cmd',
  user: 'User',
  exposedPorts: 'ExposedPorts',
  environment: 'Env',
  labels: 'Labels',
  healthCheck: 'Healthcheck',
  'healthCheck.test': 'Healthcheck.Test',
};

const inspectFields: Readonly<Record<string, string>> = {
  mounts: 'Mounts',
  stoppedSince: 'State.FinishedAt',
  'image.id': 'Image',
  'healthCheck.status': 'State.Health.Status',
  'security.processLabel': 'ProcessLabel',
  networks: 'NetworkSettings.Networks',
  name: 'Name',
};

const createFields: Readonly<Record<string, string>> = {
  mounts: 'HostConfig.Mounts',
  networks: 'NetworkingConfig.EndpointsConfig',
};

/** API fields by fields of the model, where it depends on the container which ones they are. */
export type Places = Readonly<Record<string, string>>;

/** The API field that a field of the model was read from; an index or a key at its end is kept. */
export function locateIn(form: 'inspect' | 'create', field: string, places: Places = {}): Location {
  const own = form === 'inspect' ? inspectFields : createFields;
  const configPrefix = form === 'inspect' ? 'Config.' : '';
  for (let end = field.length; end > 0; end = cut(field, end)) {
    const head = field.slice(0, end);
    const rest = field.slice(end);
    const path =
      places[head] ??
      own[head] ??
      prefixed('HostConfig.', hostFields[head]) ??
      prefixed(configPrefix, configFields[head]);
    if (path !== undefined) return { source: 'engine-api', path: path + restOf(head, rest) };
  }
  return { source: 'engine-api', path: field };
}

function cut(field: string, end: number): number {
  return Math.max(field.lastIndexOf('.', end - 1), field.lastIndexOf('[', end - 1));
}

function prefixed(prefix: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : prefix + path;
}

/** All security options stand in one list, so that the option's own name has no place in the path. */
function restOf(head: string, rest: string): string {
  return head === 'security' ? '' : rest;
}
