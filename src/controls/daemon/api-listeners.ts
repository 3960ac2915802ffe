import type { Machine } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Fact, known } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';

/** Where the engine's API can be reached. */
export interface ApiListeners {
  /** Paths of unix sockets. */
  readonly unix: readonly string[];
  readonly tcp: readonly TcpListener[];
}

export interface TcpListener {
  /** As the kernel shows it, or as written in the engine's hosts: `0.0.0.0`, `fd00::1`, `localhost`. */
  readonly address: string;
  readonly port: number;
}

type Host =
  | { readonly kind: 'unix'; readonly path: string }
  | ({ readonly kind: 'tcp' } & TcpListener)
  | { readonly kind: 'activated' };

/** `tcp://10.0.0.5:2376`, `tcp://[::]:2375`. */
export function formatListener({ address, port }: TcpListener): string {
  return `tcp://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/**
 * The engine's API listeners: sockets that its process holds, less those that serve something else; else the hosts
 * that it was told; else those that its own warnings name. Where systemd opens them (`fd://`), only the kernel knows
 * that there is no port among them.
 */
export function apiListeners(engine: EngineFacts, machine?: Machine): Fact<ApiListeners> {
  const { sockets, info } = engine;
  const setting = daemonSetting(engine, 'hosts');
  const hosts = setting.known ? parseHosts(setting.value) : undefined;
  if (sockets.known) {
    const { unix, tcp } = sockets.value;
    return {
      ...sockets,
      value: {
        unix: unix.filter((path) => isApiSocket(path, engine, hosts)),
        tcp: tcp
          .filter(({ port }) => isApiPort(port, engine, hosts, machine))
          .map(({ address, port }) => ({ address, port })),
      },
    };
  }
  if (setting.known && hosts) {
    const unix = hosts.flatMap((host) => (host.kind === 'unix' ? [host.path] : []));
    const tcp = hosts.flatMap((host) => (host.kind === 'tcp' ? [{ address: host.address, port: host.port }] : []));
    const isComplete = hosts.every((host) => host.kind !== 'activated');
    if (isComplete || tcp.length > 0) return { ...setting, value: { unix, tcp } };
  }
  const warned = info.known ? unprotectedListeners(info.value.warnings) : [];
  if (info.known && warned.length > 0) {
    const tcp = warned.map(({ listener }) => listener);
    return known({ unix: [], tcp }, info.source, `${info.path} Warnings`);
  }
  return sockets;
}

/** Listeners that the engine itself warns about, with what they lack. */
export function unprotectedListeners(
  warnings: readonly string[],
): { readonly listener: TcpListener; readonly lacks: 'encryption' | 'verification' }[] {
  return warnings.flatMap((warning) => {
    const [, scheme, where = ''] = /API is accessible on (https?):\/\/(\S+) without/.exec(warning) ?? [];
    const listener = scheme === undefined ? undefined : parseTcp(where);
    return listener
      ? [{ listener, lacks: scheme === 'http' ? ('encryption' as const) : ('verification' as const) }]
      : [];
  });
}

/** Paths below the engine's runtime folder serve the engine itself (metrics, libnetwork, swarm), unless it was told to answer there. */
function isApiSocket(path: string, engine: EngineFacts, hosts: readonly Host[] | undefined): boolean {
  const told = hosts?.some((host) => host.kind === 'unix' && sameSocketPath(host.path, path)) ?? false;
  if (told) return true;
  const execRoot = daemonSetting(engine, 'exec-root');
  const named = execRoot.known && typeof execRoot.value === 'string' ? [normalise(execRoot.value)] : [];
  const normal = normalise(path);
  return !/^\/run\/(user\/\d+\/)?docker\//.test(normal) && !named.some((folder) => normal.startsWith(`${folder}/`));
}

function sameSocketPath(left: string, right: string): boolean {
  return normalise(left) === normalise(right);
}

/** `/var/run` is a link to `/run` wherever there is systemd. */
function normalise(path: string): string {
  return path
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^\/var\/run\//, '/run/')
    .replace(/\/$/, '');
}

/** By convention of the API's own ports: without TLS, with TLS, and before there was a convention. */
const conventionalPorts = new Set([2375, 2376, 4243]);
/** Management and gossip of Swarm. */
const swarmPorts = new Set([2377, 7946]);
const firstEphemeralPort = 32_768;

/**
 * dockerd itself also listens for Swarm, for metrics and, without a userland proxy, on every published port, so that
 * nobody else takes it.
 */
function isApiPort(port: number, engine: EngineFacts, hosts: readonly Host[] | undefined, machine?: Machine): boolean {
  if (hosts?.some((host) => host.kind === 'tcp' && host.port === port)) return true;
  if (swarmPorts.has(port)) return false;
  if (portOf(daemonSetting(engine, 'metrics-addr')) === port) return false;
  if (portOf(daemonSetting(engine, 'network-diagnostic-port')) === port) return false;
  if (isPublished(port, machine)) return false;
  const { info } = engine;
  const inSwarm = info.known && info.value.swarm !== undefined && info.value.swarm !== 'inactive';
  // The routing mesh opens the ports of services of the whole cluster, which this node cannot list.
  return !inSwarm || conventionalPorts.has(port);
}

function isPublished(port: number, machine: Machine | undefined): boolean {
  const running = machine?.containers.filter(({ state }) => state === 'running') ?? [];
  return running.some(({ ports }) =>
    ports.some(
      ({ hostPort, protocol }) => protocol === 'tcp' && (hostPort ? hostPort === port : port >= firstEphemeralPort),
    ),
  );
}

function portOf(setting: Fact<JsonValue | undefined>): number | undefined {
  if (!setting.known || (typeof setting.value !== 'string' && typeof setting.value !== 'number')) return undefined;
  const [port] = /\d+$/.exec(String(setting.value)) ?? [];
  return port === undefined ? undefined : Number(port);
}

const defaultSocket = '/var/run/docker.sock';

function parseHosts(setting: JsonValue | undefined): Host[] {
  const written = (Array.isArray(setting) ? setting : [setting]).filter((each) => typeof each === 'string');
  const hosts = written.flatMap((each) => parseHost(each.trim()) ?? []);
  return hosts.length > 0 ? hosts : [{ kind: 'unix', path: defaultSocket }];
}

/** One host as dockerd reads it; an address without a scheme is TCP. `undefined` for what it would refuse. */
export function parseHost(text: string): Host | undefined {
  if (text === '') return { kind: 'unix', path: defaultSocket };
  const [, scheme = 'tcp', rest = ''] = /^(?:(\w+):\/\/)?(.*)$/.exec(text) ?? [];
  if (scheme === 'unix') return { kind: 'unix', path: rest || defaultSocket };
  if (scheme === 'fd') return { kind: 'activated' };
  const listener = scheme === 'tcp' ? parseTcp(rest) : undefined;
  return listener && { kind: 'tcp', ...listener };
}

/** dockerd listens on localhost:2375 where an address or a port is left out. */
function parseTcp(text: string): TcpListener | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:/]*))(?::(\d+))?(?:\/.*)?$/.exec(text);
  if (!match) return undefined;
  return { address: match[1] ?? (match[2] || 'localhost'), port: Number(match[3] ?? 2375) };
}
