import { type KeyPath, pathText } from '../../../model/json.ts';
import type { Location } from '../../../model/location.ts';
import { type ComposeNode, locationIn, nodeAt } from './node.ts';
import { publishedPorts } from './ports.ts';
import { isUnknown, itemsOf } from './read-node.ts';

/** Where a service says what the model has a field for: every way to say it, the one that wins first. */
const keysOfFields: Readonly<Record<string, readonly KeyPath[]>> = {
  name: [['container_name']],
  image: [['image'], ['build']],
  'image.reference': [['image'], ['build']],
  entrypoint: [['entrypoint']],
  command: [['command']],
  user: [['user']],
  groups: [['group_add']],
  privileged: [['privileged']],
  capabilities: [['cap_add'], ['cap_drop']],
  'capabilities.add': [['cap_add']],
  'capabilities.drop': [['cap_drop']],
  security: [['security_opt']],
  readOnlyRoot: [['read_only']],
  mounts: [['volumes'], ['tmpfs']],
  volumesFrom: [['volumes_from']],
  devices: [['devices']],
  deviceRules: [['device_cgroup_rules']],
  deviceRequests: [['gpus'], ['deploy', 'resources', 'reservations', 'devices'], ['devices']],
  'namespaces.network': [['network_mode']],
  'namespaces.pid': [['pid']],
  'namespaces.ipc': [['ipc']],
  'namespaces.uts': [['uts']],
  'namespaces.user': [['userns_mode']],
  'namespaces.cgroup': [['cgroup']],
  maskedPaths: [['security_opt']],
  readOnlyPaths: [['security_opt']],
  sysctls: [['sysctls']],
  ulimits: [['ulimits']],
  'resources.memory': [['deploy', 'resources', 'limits', 'memory'], ['mem_limit']],
  'resources.memorySwap': [['memswap_limit']],
  'resources.memoryReservation': [['deploy', 'resources', 'reservations', 'memory'], ['mem_reservation']],
  'resources.oomKillDisable': [['oom_kill_disable']],
  'resources.oomScoreAdjust': [['oom_score_adj']],
  'resources.cpus': [['deploy', 'resources', 'limits', 'cpus'], ['cpus'], ['cpu_quota']],
  'resources.cpuShares': [['cpu_shares']],
  'resources.cpuset': [['cpuset']],
  'resources.pids': [['deploy', 'resources', 'limits', 'pids'], ['pids_limit']],
  'resources.blockIoWeight': [['blkio_config', 'weight']],
  'resources.blockIoThrottles': [['blkio_config']],
  resources: [['deploy', 'resources']],
  ports: [['ports']],
  exposedPorts: [['expose']],
  networks: [['networks']],
  links: [['links']],
  extraHosts: [['extra_hosts']],
  environment: [['environment'], ['env_file']],
  labels: [['labels'], ['label_file']],
  'restart.name': [['deploy', 'restart_policy', 'condition'], ['deploy', 'restart_policy'], ['restart']],
  'restart.maximumRetries': [['deploy', 'restart_policy', 'max_attempts'], ['deploy', 'restart_policy'], ['restart']],
  restart: [['deploy', 'restart_policy'], ['restart']],
  healthCheck: [['healthcheck']],
  'healthCheck.test': [
    ['healthcheck', 'test'],
    ['healthcheck', 'disable'],
  ],
  logging: [['logging']],
  'logging.driver': [['logging', 'driver']],
  'logging.options': [['logging', 'options']],
  runtime: [['runtime']],
  cgroupParent: [['cgroup_parent']],
};

/** Of the ways to say it, the key to name where the service says nothing. */
const usualKeys: Readonly<Record<string, KeyPath>> = {
  'resources.memory': ['mem_limit'],
  'resources.memoryReservation': ['mem_reservation'],
  'resources.cpus': ['cpus'],
  'resources.pids': ['pids_limit'],
  'restart.name': ['restart'],
  'restart.maximumRetries': ['restart'],
  restart: ['restart'],
};

/** The place of a field that is not where its name says: a path in the service, or a place outside of it. */
export type FieldPlace = KeyPath | Location;

/** Where a field of the model was written in a service; of one that is absent, where the service begins. */
export function locateField(
  field: string,
  service: ComposeNode,
  path: KeyPath,
  places: ReadonlyMap<string, FieldPlace>,
): Location {
  for (let end = field.length; end > 0; end = cut(field, end)) {
    const head = field.slice(0, end);
    const rest = stepsIn(field.slice(end));
    const place = places.get(head);
    if (place && 'source' in place) return place;
    const candidates = place ? [place] : Object.hasOwn(keysOfFields, head) ? keysOfFields[head] : undefined;
    if (!candidates) continue;
    const present = candidates.find((keys) => nodeAt(service, keys) !== undefined);
    const keys = [...(present ?? usualKeys[head] ?? candidates[0] ?? []), ...(head === 'security' ? [] : rest)];
    return locationIn(service, keys, pathText([...path, ...keys]));
  }
  return locationIn(service, [], pathText(path));
}

/** Fields that keep a text as it is written, so that whoever judges them sees the variable itself. */
const keptAsText = new Set(['name', 'image', 'image.reference', 'entrypoint', 'command', 'healthCheck.test']);

/** Fields that depend on a variable which nothing gives a value. */
export function unresolvedFields(service: ComposeNode): readonly string[] {
  const fields = Object.entries(keysOfFields)
    .filter(([field, candidates]) => {
      if (keptAsText.has(field)) return false;
      return isUnknown(candidates.map((keys) => nodeAt(service, keys)).find((node) => node !== undefined));
    })
    .map(([field]) => field);
  if (isUnknown(nodeAt(service, ['healthcheck', 'disable']))) fields.push('healthCheck');
  if (itemsOf(nodeAt(service, ['ports'])).some((node) => isUnknown(node) && publishedPorts(node).length === 0)) {
    fields.push('ports');
  }
  return fields;
}

function cut(field: string, end: number): number {
  return Math.max(field.lastIndexOf('.', end - 1), field.lastIndexOf('[', end - 1));
}

/** `[0]`, `["a.b"]` and `.name` behind a field. */
function stepsIn(rest: string): KeyPath {
  const [, index, quoted, name] = /^(?:\[(\d+)\]|\["(.*)"\]|\.(.+))$/s.exec(rest) ?? [];
  if (index !== undefined) return [Number(index)];
  const key = quoted ?? name;
  return key === undefined ? [] : [key];
}
