import { container, engine, host, info, machine } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import type { JsonObject } from '../../model/json.ts';
import { daemonTraps, type Trap } from '../daemon-traps.ts';

export interface Circumstances {
  readonly before?: JsonObject;
  readonly changed?: readonly string[];
  readonly version?: string;
  readonly flags?: readonly string[];
  readonly info?: Partial<EngineInfo>;
  readonly engine?: Partial<EngineFacts>;
  readonly host?: Partial<HostFacts>;
  readonly containers?: readonly ContainerSpec[];
  /** Texts by path; `undefined`: something that is no regular file. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

/** What is trapped on an engine 29.6.1 with defaults only, one container and one image; every key is new. */
export function traps(after: JsonObject, circumstances: Circumstances = {}): Trap[] {
  const { before = {}, version = '29.6.1', flags = [], files = {}, containers = [container()] } = circumstances;
  const changed =
    circumstances.changed ?? Object.keys({ ...before, ...after }).filter((key) => before[key] !== after[key]);
  const facts = engine(
    {},
    {
      version: known(
        { version, apiVersion: '1.41', minimumApiVersion: '1.12', experimental: false, components: {} },
        'engine-api',
        'GET /version',
      ),
      info: info({ authorizationPlugins: [], securityOptions: [], ...circumstances.info }),
      process: known(
        {
          pid: 400,
          arguments: ['/usr/bin/dockerd', ...flags],
          uid: 0,
          started: Date.UTC(2026, 5, 2),
          capabilityBoundingSet: 0n,
          proxies: 0,
          interfaces: ['lo', 'eth0', 'docker0'],
        },
        'kernel',
        '/proc/400',
      ),
      ...circumstances.engine,
    },
  );
  return daemonTraps(
    { before, after, changed },
    {
      engine: facts,
      machine: machine({ engine: facts, containers, host: host(circumstances.host) }),
      file(path) {
        if (!Object.hasOwn(files, path)) return null;
        const text = files[path];
        if (text === undefined) return undefined;
        return { bytes: Buffer.from(text).toString('base64'), access: { mode: 0o644, uid: 0, gid: 0 } };
      },
    },
  );
}

/** The keys of each trap, as one line. */
export function trappedKeys(after: JsonObject, circumstances: Circumstances = {}): string[] {
  return traps(after, circumstances).map(({ keys }) => keys.join(' '));
}

/** A case: what is written, where, and the keys of each trap; none: it is no trap. */
export type Case = readonly [string, JsonObject, Circumstances, readonly string[]];
