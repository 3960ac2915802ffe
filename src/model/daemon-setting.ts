import type { EngineFacts } from './engine.ts';
import { type Fact, known, unreadable } from './fact.ts';
import type { JsonValue } from './json.ts';

/** Options of dockerd whose flag is not spelled like their key in `daemon.json`, or has a short form. */
const flagsByKey: Readonly<Record<string, readonly string[]>> = {
  'authorization-plugins': ['authorization-plugin'],
  bridge: ['bridge', 'b'],
  'cdi-spec-dirs': ['cdi-spec-dir'],
  debug: ['debug', 'D'],
  'default-address-pools': ['default-address-pool'],
  'default-network-opts': ['default-network-opt'],
  'default-ulimits': ['default-ulimit'],
  'dns-opts': ['dns-opt'],
  'exec-opts': ['exec-opt'],
  features: ['feature'],
  group: ['group', 'G'],
  'host-gateway-ips': ['host-gateway-ip'],
  hosts: ['host', 'H'],
  'insecure-registries': ['insecure-registry'],
  labels: ['label'],
  'log-level': ['log-level', 'l'],
  'log-opts': ['log-opt'],
  'node-generic-resources': ['node-generic-resource'],
  pidfile: ['pidfile', 'p'],
  'registry-mirrors': ['registry-mirror'],
  runtimes: ['add-runtime'],
  'storage-driver': ['storage-driver', 's'],
  'storage-opts': ['storage-opt'],
};

/** Flags that stand alone: what follows them is not their value. */
const booleanFlags = new Set([
  'allow-direct-routing',
  'cri-containerd',
  'debug',
  'D',
  'disable-legacy-registry',
  'experimental',
  'help',
  'h',
  'icc',
  'init',
  'ip-forward',
  'ip-forward-no-drop',
  'ip-masq',
  'ip6tables',
  'iptables',
  'ipv6',
  'live-restore',
  'no-new-privileges',
  'raw-logs',
  'restart',
  'r',
  'rootless',
  'selinux-enabled',
  'tls',
  'tlsverify',
  'userland-proxy',
  'validate',
  'version',
  'v',
]);

/** One option on dockerd's command line. */
export interface DaemonFlag {
  /** Without dashes, as written: `H`, `log-driver`. */
  readonly name: string;
  readonly value: string | boolean;
}

/** Reads dockerd's arguments as its own parser does: `--a=b`, `--a b`, `--switch`, `-H b`, `-Hb`, `-DH b`. */
export function parseDaemonFlags(argumentsList: readonly string[]): DaemonFlag[] {
  const flags: DaemonFlag[] = [];
  const rest = argumentsList.slice(1);
  for (let argument = rest.shift(); argument !== undefined && argument !== '--'; argument = rest.shift()) {
    if (argument.startsWith('--')) {
      const [, name = '', value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(argument) ?? [];
      flags.push(daemonFlag(name, value ?? (booleanFlags.has(name) ? undefined : (rest.shift() ?? ''))));
      continue;
    }
    let letters = argument.startsWith('-') ? argument.slice(1) : '';
    while (letters !== '') {
      const name = letters.slice(0, 1);
      const after = letters.slice(1);
      // A switch leaves the letters after it to be flags of their own; any other flag takes them as its value.
      const isSwitch = booleanFlags.has(name) && !after.startsWith('=');
      const value = isSwitch ? undefined : after === '' ? (rest.shift() ?? '') : after.replace(/^=/, '');
      flags.push(daemonFlag(name, value));
      letters = isSwitch ? after : '';
    }
  }
  return flags;
}

function daemonFlag(name: string, value: string | undefined): DaemonFlag {
  if (booleanFlags.has(name)) return { name, value: value === undefined || isTrue(value) };
  return { name, value: value ?? '' };
}

function isTrue(value: string): boolean {
  return ['1', 't', 'true'].includes(value.toLowerCase());
}

/** The flags that set one `daemon.json` key, as given on the command line. */
export function flagsFor(argumentsList: readonly string[], key: string): DaemonFlag[] {
  const names = flagsByKey[key] ?? [key];
  return parseDaemonFlags(argumentsList).filter((flag) => names.includes(flag.name));
}

/** Which `daemon.json` key a flag sets: `H` → `hosts`. */
export function keyOfFlag(name: string): string {
  return Object.entries(flagsByKey).find(([, flags]) => flags.includes(name))?.[0] ?? name;
}

const listKeys = new Set([
  'allow-nondistributable-artifacts',
  'authorization-plugins',
  'cdi-spec-dirs',
  'default-address-pools',
  'dns',
  'dns-opts',
  'dns-search',
  'exec-opts',
  'host-gateway-ips',
  'hosts',
  'insecure-registries',
  'labels',
  'node-generic-resources',
  'registry-mirrors',
  'storage-opts',
]);
const mapKeys = new Set(['default-network-opts', 'default-ulimits', 'features', 'log-opts', 'runtimes']);

/**
 * One setting of the engine by its `daemon.json` key: the command line first, then the file. `undefined` is a
 * setting that nobody made. It says what the engine was told, not what it does: ask its API or the kernel first.
 */
export function daemonSetting(
  engine: Pick<EngineFacts, 'process' | 'configuration'>,
  key: string,
): Fact<JsonValue | undefined> {
  const process = engine.process;
  if (process.known) {
    const flags = flagsFor(process.value.arguments, key);
    const last = flags.at(-1);
    if (last) return known(flagValue(key, flags, last), 'command-line', `--${last.name}`);
  }
  const file = engine.configuration;
  if (file.known && file.value && Object.hasOwn(file.value.values, key)) {
    return known(file.value.values[key], 'file', settingPath(file.value.file, key));
  }
  if (!file.known) return file;
  if (!process.known) return unreadable('command-line', `--${key}`, process.reason, process.need);
  return known(undefined, 'file', settingPath(file.value?.file ?? '/etc/docker/daemon.json', key));
}

function settingPath(file: string, key: string): string {
  return `${file} ${key}`;
}

function flagValue(key: string, flags: readonly DaemonFlag[], last: DaemonFlag): JsonValue {
  if (listKeys.has(key)) return flags.map((flag) => String(flag.value));
  if (mapKeys.has(key)) {
    return Object.fromEntries(
      flags.map((flag) => {
        const [name = '', ...rest] = String(flag.value).split('=');
        // A feature that is only named is switched on.
        if (key === 'features') return [name, rest.length === 0 || isTrue(rest.join('='))];
        return [name, rest.join('=')];
      }),
    );
  }
  return last.value;
}
