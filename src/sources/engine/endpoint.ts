import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import type { EngineAddress, TlsMaterial } from './address.ts';
import { currentContext, readContext } from './contexts.ts';
import type { Surroundings } from './surroundings.ts';

/** What the user said of the engine to ask; the same words as the docker command's. */
export interface EndpointOptions {
  readonly host?: string;
  readonly context?: string;
  readonly tls?: boolean;
  readonly tlsVerify?: boolean;
  readonly tlsCaCertificate?: string;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
}

/**
 * Which engine to ask, in the docker command's own order: `--host`, `--context`, `DOCKER_HOST`,
 * `DOCKER_CONTEXT`, the current context, and the sockets where engines usually listen.
 */
export function resolveEndpoint(options: EndpointOptions, surroundings: Surroundings): EngineAddress {
  const { environment } = surroundings;
  if (options.host !== undefined && options.context !== undefined) {
    throw new PlimsollError(
      'usage',
      { en: '--host and --context cannot be given together', zh: '--host 与 --context 不能同时使用' },
      { en: 'Name the engine with one of them.', zh: '请只用其中一个指定引擎。' },
    );
  }
  if (options.host !== undefined) return parseHost(options.host, '--host', tlsFromOptions(options, surroundings));
  // The context called default is no stored one: it is what the environment says, else the usual socket.
  const named = options.context;
  if (named !== undefined && named !== 'default') return fromContext(named, surroundings);
  if (environment.DOCKER_HOST) {
    return parseHost(environment.DOCKER_HOST, 'DOCKER_HOST', tlsFromOptions(options, surroundings));
  }
  const context = named ?? (environment.DOCKER_CONTEXT || currentContext(surroundings));
  if (context && context !== 'default') return fromContext(context, surroundings);
  return { kind: 'unix', path: usualSockets(environment).find((path) => existsSync(path)) ?? '/var/run/docker.sock' };
}

function usualSockets(environment: Surroundings['environment']): string[] {
  const runtime = environment.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    '/run/podman/podman.sock',
    ...(runtime ? [join(runtime, 'podman', 'podman.sock')] : []),
  ];
}

/** Reads `unix://…` and `tcp://…`; `origin` is where the text was given, for the error. */
export function parseHost(text: string, origin: string, tls: TlsMaterial | undefined): EngineAddress {
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === 'unix' && rest.startsWith('/')) return { kind: 'unix', path: rest };
  if (scheme === 'tcp' || scheme === 'http' || scheme === 'https') {
    const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:/]+))(?::(\d{1,5}))?\/?$/.exec(rest) ?? [];
    const host = bracketed ?? plain;
    const secure = tls ?? (scheme === 'https' ? { verify: true } : undefined);
    if (host && (port === undefined || Number(port) < 65_536)) {
      return {
        kind: 'tcp',
        host,
        port: Number(port ?? (secure ? 2376 : 2375)),
        ...(secure ? { tls: secure } : {}),
      };
    }
  }
  if (scheme === 'ssh') {
    throw new PlimsollError(
      'usage',
      {
        en: `${origin} ${text}: engines over ssh are not asked directly`,
        zh: `${origin} ${text}：不支持直接通过 ssh 访问引擎`,
      },
      {
        en: 'Run Plimsoll on that host, or forward its socket: ssh -L /tmp/engine.sock:/var/run/docker.sock HOST, then --host unix:///tmp/engine.sock.',
        zh: '请在该主机上运行 Plimsoll，或转发其套接字：ssh -L /tmp/engine.sock:/var/run/docker.sock HOST，然后使用 --host unix:///tmp/engine.sock。',
      },
    );
  }
  throw new PlimsollError(
    'usage',
    { en: `${origin} ${text}: not an engine's address`, zh: `${origin} ${text}：不是有效的引擎地址` },
    {
      en: 'Write unix:///path/to/docker.sock or tcp://host:2376.',
      zh: '请写成 unix:///path/to/docker.sock 或 tcp://host:2376。',
    },
  );
}

/** TLS material from the options, or from `DOCKER_CERT_PATH` when the environment asks for TLS. */
function tlsFromOptions(options: EndpointOptions, { environment, home }: Surroundings): TlsMaterial | undefined {
  // Whoever names an authority wants it to be asked, unless --tls says otherwise.
  const hasAuthority = options.tlsCaCertificate !== undefined && !options.tls;
  const verify = options.tlsVerify ?? (Boolean(environment.DOCKER_TLS_VERIFY) || hasAuthority);
  const named = options.tlsCaCertificate ?? options.tlsCertificate ?? options.tlsKey;
  if (!verify && !options.tls && named === undefined && !environment.DOCKER_TLS) return undefined;
  const folder = environment.DOCKER_CERT_PATH || join(home, '.docker');
  const ca = certificateFile(options.tlsCaCertificate, folder, 'ca.pem', '--tlscacert');
  const cert = certificateFile(options.tlsCertificate, folder, 'cert.pem', '--tlscert');
  const key = certificateFile(options.tlsKey, folder, 'key.pem', '--tlskey');
  return { verify, ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
}

/** A file that was named must be there; one that is only looked for may be missing. */
function certificateFile(named: string | undefined, folder: string, name: string, option: string): Buffer | undefined {
  try {
    return readFileSync(named ?? join(folder, name));
  } catch (error) {
    if (named === undefined) return undefined;
    throw unreadableFile(named, error, option);
  }
}

function unreadableFile(path: string, error: unknown, option: string): PlimsollError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new PlimsollError(
    'file-unreadable',
    { en: `${option} ${path} cannot be read: ${code}`, zh: `${option} ${path} 无法读取：${code}` },
    { en: 'Name a readable PEM file.', zh: '请指定可读的 PEM 文件。' },
  );
}

function fromContext(name: string, surroundings: Surroundings): EngineAddress {
  const context = readContext(name, surroundings);
  return parseHost(context.host, `context ${name}`, context.tls);
}
