import { isObject, type JsonObject } from '../../model/json.ts';

export type KeyKind =
  | 'switch'
  | 'text'
  | 'number'
  | 'list'
  | 'map'
  | 'map of switches'
  | 'map of maps'
  | 'runtimes'
  | 'ulimits'
  | 'pools'
  | 'size'
  | 'object';

/** A key that dockerd knows on Linux, and the releases that do. */
export interface KnownKey {
  readonly kind: KeyKind;
  /** The first release with it; absent: from before 18.09 on. */
  readonly since?: readonly [number, number];
  /** The first release without it. */
  readonly until?: readonly [number, number];
}

/** The newest release that was looked at: a later one may know more. */
export const newestKnownRelease: readonly [number, number] = [29, 6];

/**
 * Keys of daemon.json by Docker's reference of dockerd, its release notes and its list of deprecated features; those of
 * 20.10 as 20.10.24 takes them. dockerd tells keys by its flags: one without a flag of its name keeps it from starting,
 * even where its documentation shows it (`containerd-plugin-namespace`).
 */
export const knownKeys: ReadonlyMap<string, KnownKey> = new Map<string, KnownKey>([
  ...ofKind('switch', [
    'cri-containerd',
    'debug',
    'experimental',
    'icc',
    'init',
    'ip-forward',
    'ip-masq',
    'iptables',
    'ipv6',
    'live-restore',
    'no-new-privileges',
    'raw-logs',
    'restart',
    'rootless',
    'selinux-enabled',
    'tls',
    'tlsverify',
    'userland-proxy',
  ]),
  ...ofKind('text', [
    'api-cors-header',
    'bip',
    'bridge',
    'cgroup-parent',
    'config-file',
    'containerd',
    'containerd-namespace',
    'containerd-plugins-namespace',
    'data-root',
    'default-cgroupns-mode',
    'default-gateway',
    'default-gateway-v6',
    'default-ipc-mode',
    'default-runtime',
    'deprecated-key-path',
    'exec-root',
    'fixed-cidr',
    'fixed-cidr-v6',
    'group',
    'init-path',
    'ip',
    'log-driver',
    'log-level',
    'metrics-addr',
    'pidfile',
    'seccomp-profile',
    'storage-driver',
    'swarm-default-advertise-addr',
    'tlscacert',
    'tlscert',
    'tlskey',
    'userland-proxy-path',
    'userns-remap',
  ]),
  ...ofKind('number', [
    'cpu-rt-period',
    'cpu-rt-runtime',
    'max-concurrent-downloads',
    'max-concurrent-uploads',
    'mtu',
    'network-control-plane-mtu',
    'network-diagnostic-port',
    'shutdown-timeout',
  ]),
  ...ofKind('list', [
    'allow-nondistributable-artifacts',
    'authorization-plugins',
    'dns',
    'dns-opts',
    'dns-search',
    'exec-opts',
    'hosts',
    'insecure-registries',
    'labels',
    'node-generic-resources',
    'registry-mirrors',
    'storage-opts',
  ]),
  ['builder', { kind: 'object' }],
  ['default-address-pools', { kind: 'pools' }],
  ['default-shm-size', { kind: 'size' }],
  ['default-ulimits', { kind: 'ulimits' }],
  ['features', { kind: 'map of switches' }],
  ['log-opts', { kind: 'map' }],
  ['runtimes', { kind: 'runtimes' }],

  ['allow-direct-routing', { kind: 'switch', since: [28, 2] }],
  ['bip6', { kind: 'text', since: [28, 0] }],
  ['bridge-accept-fwmark', { kind: 'text', since: [29, 0] }],
  ['cdi-spec-dirs', { kind: 'list', since: [25, 0] }],
  ['default-network-opts', { kind: 'map of maps', since: [24, 0] }],
  ['firewall-backend', { kind: 'text', since: [29, 0] }],
  ['host-gateway-ip', { kind: 'text', since: [20, 10] }],
  ['host-gateway-ips', { kind: 'list', since: [28, 0] }],
  ['http-proxy', { kind: 'text', since: [23, 0] }],
  ['https-proxy', { kind: 'text', since: [23, 0] }],
  ['ip-forward-no-drop', { kind: 'switch', since: [28, 0] }],
  ['ip6tables', { kind: 'switch', since: [20, 10] }],
  ['log-format', { kind: 'text', since: [25, 0] }],
  ['max-download-attempts', { kind: 'number', since: [20, 10] }],
  ['no-proxy', { kind: 'text', since: [23, 0] }],

  ['cluster-advertise', { kind: 'text', until: [23, 0] }],
  ['cluster-store', { kind: 'text', until: [23, 0] }],
  ['cluster-store-opts', { kind: 'map', until: [23, 0] }],
  ['disable-legacy-registry', { kind: 'switch', until: [19, 3] }],
  ['graph', { kind: 'text', until: [23, 0] }],
  ['oom-score-adjust', { kind: 'number', until: [26, 0] }],
]);

function ofKind(kind: KeyKind, names: readonly string[]): [string, KnownKey][] {
  return names.map((name) => [name, { kind }]);
}

/** Values that dockerd reads as a whole; any other object only groups keys (`proxies`). */
const wholeObjects = new Set([
  'builder',
  'cluster-store-opts',
  'default-network-opts',
  'default-ulimits',
  'features',
  'log-opts',
  'runtimes',
]);

/** The keys of a file as dockerd compares them with its flags: those within groups stand beside the others. */
export function flatKeys(values: JsonObject): JsonObject {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    isObject(value) && !wholeObjects.has(key) ? Object.entries(value) : [[key, value] as const],
  );
  return Object.fromEntries(entries);
}
