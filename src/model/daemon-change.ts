import type { EngineFacts, EngineInfo } from './engine.ts';
import { known, mapFact } from './fact.ts';
import type { JsonObject, JsonValue } from './json.ts';

type InfoChange = (value: JsonValue | undefined, info: EngineInfo) => Partial<EngineInfo>;

/** What `GET /info` says once an option is in force. */
const shownInInfo: Readonly<Record<string, InfoChange>> = {
  'authorization-plugins': (value) => ({ authorizationPlugins: strings(value) }),
  debug: (value) => ({ debug: value === true }),
  experimental: (value) => ({ experimental: value === true }),
  'insecure-registries': (value) => ({ insecureRegistries: ['127.0.0.0/8', ...strings(value)] }),
  'live-restore': (value) => ({ liveRestore: value === true }),
  'log-driver': (value) => ({ loggingDriver: typeof value === 'string' ? value : 'json-file' }),
  'no-new-privileges': (value, info) => ({
    securityOptions: option(info, 'name=no-new-privileges', value === true),
  }),
  'seccomp-profile': (value, info) => ({
    securityOptions: [
      ...info.securityOptions.filter((each) => !each.startsWith('name=seccomp')),
      `name=seccomp,profile=${typeof value === 'string' ? value : 'builtin'}`,
    ],
  }),
  'selinux-enabled': (value, info) => ({ securityOptions: option(info, 'name=selinux', value === true) }),
  'storage-driver': (value) => ({ storageDriver: typeof value === 'string' ? value : 'overlay2' }),
  'userns-remap': (value, info) => ({
    securityOptions: option(info, 'name=userns', typeof value === 'string' && value !== ''),
  }),
};

/** The engine as it would be once it has taken over these keys of its configuration file; `null` removes a key. */
export function applyDaemonChange(engine: EngineFacts, set: JsonObject): EngineFacts {
  const configuration = mapFact(engine.configuration, (before) => {
    const values = Object.fromEntries(
      Object.entries({ ...before?.values, ...set }).filter(([, value]) => value !== null),
    );
    return {
      file: before?.file ?? '/etc/docker/daemon.json',
      modified: before?.modified ?? 0,
      positions: before?.positions ?? {},
      values,
    };
  });
  let changed: EngineFacts = { ...engine, configuration };
  for (const [key, value] of Object.entries(set)) changed = reflect(changed, key, value === null ? undefined : value);
  return changed;
}

function reflect(engine: EngineFacts, key: string, value: JsonValue | undefined): EngineFacts {
  const change = shownInInfo[key];
  if (change) return { ...engine, info: mapFact(engine.info, (info) => ({ ...info, ...change(value, info) })) };
  if (key === 'icc') {
    const bridge = mapFact(engine.bridge, (before) =>
      before === null
        ? null
        : {
            ...before,
            options: { ...before.options, 'com.docker.network.bridge.enable_icc': String(value !== false) },
          },
    );
    return { ...engine, bridge };
  }
  if (key === 'hosts') return { ...engine, sockets: known(socketsOf(strings(value)), 'kernel', '/proc/net') };
  if (key === 'iptables') {
    return {
      ...engine,
      filterChains: mapFact(engine.filterChains, () => (value === false ? [] : ['DOCKER', 'DOCKER-USER'])),
    };
  }
  return engine;
}

function socketsOf(hosts: readonly string[]) {
  const urls = hosts.map((host) => /^(unix|tcp):\/\/(.*)$/.exec(host));
  return {
    unix: urls.flatMap((url) => (url?.[1] === 'unix' ? [url[2] ?? ''] : [])),
    tcp: urls.flatMap((url) => {
      if (url?.[1] !== 'tcp') return [];
      const [, address = '', port = ''] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(url[2] ?? '') ?? [];
      return [{ protocol: 'tcp' as const, address: address || '0.0.0.0', port: Number(port) || 2375 }];
    }),
  };
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function option(info: EngineInfo, name: string, on: boolean): string[] {
  const others = info.securityOptions.filter((each) => each !== name);
  return on ? [...others, name] : others;
}
