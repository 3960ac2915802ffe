import type { EngineFacts } from './engine.ts';
import { type Fact, known, unreadable } from './fact.ts';
import type { JsonValue } from './json.ts';

/** Options of dockerd whose flag is not spelled like their key in `daemon.json`. */
const flagsByKey: Readonly<Record<string, readonly string[]>> = {
  'authorization-plugins': ['authorization-plugin'],
  debug: ['debug', 'D'],
  'default-ulimits': ['default-ulimit'],
  dns: ['dns'],
  'exec-opts': ['exec-opt'],
  group: ['group', 'G'],
  hosts: ['host', 'H'],
  'insecure-registries': ['insecure-registry'],
  labels: ['label'],
  'log-level': ['log-level', 'l'],
  'log-opts': ['log-opt'],
  'registry-mirrors': ['registry-mirror'],
  runtimes: ['add-runtime'],
  'storage-driver': ['storage-driver', 's'],
  'storage-opts': ['storage-opt'],
};

/** Flags that stand alone: what follows them is not their value. */
const booleanFlags = new Set([
  'debug',
  'D',
  'experimental',
  'icc',
  'init',
  'ip-forward',
  'ip-masq',
  'ip6tables',
  'iptables',
  'ipv6',
  'live-restore',
  'no-new-privileges',
  'raw-logs',
  'rootless',
  'selinux-enabled',
  'tls',
  'tlsverify',
  'userland-proxy',
  'allow-direct-routing',
]);

/** One option on dockerd's command line. */
export interface DaemonFlag {
  /** Without dashes, as written: `H`, `log-driver`. */
  readonly name: string;
  readonly value: string | boolean;
}

/** Reads dockerd's arguments as its own parser does: `--a=b`, `--a b`, `-ab`, `--switch`. */
export function parseDaemonFlags(argumentsList: readonly string[]): DaemonFlag[] {
  const flags: DaemonFlag[] = [];
  for (let index = 1; index < argumentsList.length; index += 1) {
    const argument = argumentsList[index] ?? '';
    const match = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(argument);
    if (!match) continue;
    let name = match[1] ?? '';
    let value = match[2];
    if (!argument.startsWith('--') && name.length > 1) {
      // One dash takes one letter; the rest is its value: `-Hunix://…`, `-ldebug`.
      value = argument.slice(2).replace(/^=/, '');
      name = argument.slice(1, 2);
    }
    if (value === undefined && !booleanFlags.has(name)) {
      index += 1;
      value = argumentsList[index] ?? '';
    }
    if (booleanFlags.has(name)) flags.push({ name, value: value === undefined || isTrue(value) });
    else flags.push({ name, value: value ?? '' });
  }
  return flags;
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
  'authorization-plugins',
  'dns',
  'exec-opts',
  'hosts',
  'insecure-registries',
  'labels',
  'registry-mirrors',
  'storage-opts',
]);
const mapKeys = new Set(['log-opts', 'default-ulimits', 'runtimes']);

/**
 * One setting of the engine by its `daemon.json` key: the command line first, then the file. `undefined` is a
 * setting that nobody made. It says what the engine was told, not what it does: ask its API or the kernel first.
 */
export function daemonSetting(engine: EngineFacts, key: string): Fact<JsonValue | undefined> {
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
        return [name, rest.join('=')];
      }),
    );
  }
  return last.value;
}
