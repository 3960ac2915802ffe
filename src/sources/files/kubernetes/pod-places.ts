import { type KeyPath, pathText } from '../../../model/json.ts';
import type { Location } from '../../../model/location.ts';
import { podDevices, podMounts } from './pod-mounts.ts';
import { podExposedPorts, podPorts } from './pod-network.ts';
import { probePath, probeWordPath } from './pod-probe.ts';
import { deviceRequests, resourcePath } from './pod-resources.ts';
import { appArmorPath, selinuxPlaces } from './pod-security.ts';
import { entriesOf, ownPath, podPath, podSetting, type PodSource, sharedSettingPath, valueOn } from './pod-source.ts';

/**
 * Finds where fields of the model were written; what nobody wrote is looked for at the container. Controls ask for
 * every field that they look at, of every container, so that nothing is counted twice.
 */
export function podLocator(source: PodSource): (field: string) => Location {
  const { object, entry } = source;
  const known = new Map<string, Location>();
  let around: Location | undefined;
  return (field) => {
    const before = known.get(field);
    if (before) return before;
    const wanted = pathOf(source, keysOf(field)) ?? entry.path;
    const isThere = valueOn(source, wanted) !== undefined;
    around ??= object.locate(entry.path);
    const location = isThere ? object.locate(wanted) : elsewhere(around, pathText(wanted));
    known.set(field, location);
    return location;
  };
}

/** The place of something else, for a field that is nowhere: its line is only looked for when it is asked for. */
function elsewhere(place: Location, path: string): Location {
  return {
    source: place.source,
    path,
    ...(place.file === undefined ? {} : { file: place.file }),
    get line() {
      return place.line ?? 1;
    },
    get column() {
      return place.column ?? 1;
    },
  };
}

/** Controls ask for the same few fields of every container. */
const knownKeys = new Map<string, KeyPath>();

/** `mounts[1]` and `labels["owner"]` as keys. */
function keysOf(field: string): KeyPath {
  const known = knownKeys.get(field);
  if (known) return known;
  const keys = splitField(field);
  if (!/\d|"/.test(field)) knownKeys.set(field, keys);
  return keys;
}

function splitField(field: string): KeyPath {
  return [...field.matchAll(/\["(.*?)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, word]) =>
    index === undefined ? (quoted ?? word ?? '') : Number(index),
  );
}

function pathOf(source: PodSource, keys: KeyPath): KeyPath | undefined {
  const [head = '', ...rest] = keys;
  const own = ownFields[head];
  if (own) return ownPath(source, ...own, ...rest);
  const shared = sharedSettings[head];
  if (shared !== undefined) return sharedSettingPath(source, shared);
  return otherFields[head]?.(source, rest);
}

/** Fields that only the container has. */
const ownFields: Readonly<Record<string, KeyPath>> = {
  name: ['name'],
  entrypoint: ['command'],
  command: ['args'],
  privileged: ['securityContext', 'privileged'],
  capabilities: ['securityContext', 'capabilities'],
  readOnlyRoot: ['securityContext', 'readOnlyRootFilesystem'],
};

/** Fields that the pod may have for all of its containers. */
const sharedSettings: Readonly<Record<string, string>> = { user: 'runAsUser', nonRootDemanded: 'runAsNonRoot' };

type Locator = (source: PodSource, rest: KeyPath) => KeyPath | undefined;

const otherFields: Readonly<Record<string, Locator>> = {
  image: (source) => ownPath(source, 'image'),
  groups: (source, rest) => podPath(source, 'securityContext', 'supplementalGroups', ...rest),
  security: securityPath,
  mounts: (source, [index]) => placed(source, 'volumeMounts', podMounts(source), index),
  devices: (source, [index]) => placed(source, 'volumeDevices', podDevices(source), index),
  deviceRequests: (source, [index]) =>
    ownPath(source, 'resources', ...(deviceRequests(source)[Number(index)]?.keys ?? ['limits'])),
  namespaces: (source, [kind]) => namespacePath(source, kind),
  maskedPaths: (source) => ownPath(source, 'securityContext', 'procMount'),
  readOnlyPaths: (source) => ownPath(source, 'securityContext', 'procMount'),
  sysctls: sysctlPath,
  resources: (source, [name]) => {
    const [half, amount] = resourceFields[name ?? ''] ?? [];
    return half && amount ? resourcePath(source, half, amount) : ownPath(source, 'resources');
  },
  ports: (source, [index]) => placed(source, 'ports', podPorts(source), index),
  exposedPorts: (source, [index]) => placed(source, 'ports', podExposedPorts(source), index),
  environment: (source, [index]) => placed(source, 'env', entriesOf(source.entry.value.env), index),
  labels: ({ pod }, rest) => [...pod.path, 'metadata', 'labels', ...rest],
  restart: (source) => {
    const own = ownPath(source, 'restartPolicy');
    return valueOn(source, own) === undefined ? podPath(source, 'restartPolicy') : own;
  },
  healthCheck: (source, [, index]) =>
    (typeof index === 'number' ? probeWordPath(source, index) : probePath(source)) ?? ownPath(source, 'livenessProbe'),
  runtime: (source) => podPath(source, 'runtimeClassName'),
};

const resourceFields: Readonly<Record<string, readonly ['limits' | 'requests', string]>> = {
  memory: ['limits', 'memory'],
  memoryReservation: ['requests', 'memory'],
  cpus: ['limits', 'cpu'],
  cpuShares: ['requests', 'cpu'],
};

/** One entry of a list, which has fewer in the model where what is written is none; without an index the whole list. */
function placed(
  source: PodSource,
  list: string,
  entries: readonly { readonly index: number }[],
  index: string | number | undefined,
): KeyPath {
  const written = typeof index === 'number' ? entries[index]?.index : undefined;
  return written === undefined ? ownPath(source, list) : ownPath(source, list, written);
}

function securityPath(source: PodSource, [name, index]: KeyPath): KeyPath | undefined {
  switch (name) {
    case 'noNewPrivileges':
      return ownPath(source, 'securityContext', 'allowPrivilegeEscalation');
    case 'seccomp':
      return sharedSettingPath(source, 'seccompProfile');
    case 'appArmor':
      return appArmorPath(source);
    case 'selinux':
      return selinuxPlaces(source)[Number(index)]?.path ?? sharedSettingPath(source, 'seLinuxOptions');
    default:
      return ownPath(source, 'securityContext');
  }
}

function namespacePath(source: PodSource, kind: string | number | undefined): KeyPath | undefined {
  const fields: Readonly<Record<string, readonly string[]>> = {
    network: ['hostNetwork'],
    pid: ['hostPID', 'shareProcessNamespace'],
    ipc: ['hostIPC'],
    user: ['hostUsers'],
    // Who has the node's network has its host name as well.
    uts: ['hostNetwork'],
  };
  const paths = (fields[kind ?? ''] ?? []).map((name) => podPath(source, name));
  return paths.find((path) => valueOn(source, path) !== undefined) ?? paths[0];
}

function sysctlPath(source: PodSource, [name]: KeyPath): KeyPath {
  const list = podPath(source, 'securityContext', 'sysctls');
  const index = entriesOf(podSetting(source, 'sysctls')).find(({ value }) => value.name === name)?.index;
  return index === undefined ? list : [...list, index];
}
