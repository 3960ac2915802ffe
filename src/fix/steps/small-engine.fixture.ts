import { type JsonObject, type JsonValue, objectIn, textIn } from '../../model/json.ts';
import type { EngineControl } from '../engine-control.ts';

/** A container as this engine keeps it. */
export interface SmallContainer {
  readonly id: string;
  name: string;
  readonly labels?: JsonObject;
  running?: boolean;
  /** What the engine says of its state on each look, in order; the last one stays. */
  states?: JsonObject[];
  restarts?: number;
  networks?: Record<string, JsonObject>;
}

export interface SmallEngine extends EngineControl {
  readonly containers: SmallContainer[];
  readonly networks: JsonObject[];
  /** What was changed, in order. */
  readonly changes: string[];
}

/** An engine in memory with containers and networks, as far as the steps of a fix go. */
export function smallEngine(containers: SmallContainer[] = [], networks: JsonObject[] = []): SmallEngine {
  const changes: string[] = [];
  const find = (reference: string) =>
    containers.find(({ name, id }) => name === reference || id.startsWith(reference)) ?? null;

  function get(path: string): JsonValue {
    const [, kind = '', reference = '', query = ''] = /^\/(\w+)\/([^?/]+)(?:\/json)?(?:\?(.*))?$/.exec(path) ?? [];
    const name = decodeURIComponent(reference);
    if (kind === 'networks') return networks.find((each) => each['Name'] === name) ?? null;
    if (name === 'json') return listed(containers, query);
    const found = find(name);
    return found === null ? null : inspected(found);
  }

  function post(path: string, body: JsonValue = null): JsonValue {
    changes.push(`POST ${path}`);
    const [, kind, reference = '', verb, query = ''] = /^\/(\w+)\/([^/?]+)\/?(\w*)(?:\?name=(.*))?$/.exec(path) ?? [];
    if (path === '/networks/create') return networks.push({ Id: 'n', ...(body as JsonObject) });
    if (path.startsWith('/containers/create')) {
      const name = decodeURIComponent(query);
      return containers.push({ id: `${containers.length}f`.padEnd(64, '0'), name, labels: objectIn(body, 'Labels') });
    }
    const container = find(kind === 'networks' ? (textIn(body, 'Container') ?? '') : reference);
    if (container === null) return null;
    if (verb === 'start') container.running = true;
    if (verb === 'stop') container.running = false;
    if (verb === 'rename') container.name = decodeURIComponent(query);
    const { [reference]: _left, ...others } = container.networks ?? {};
    if (verb === 'connect') container.networks = { ...others, [reference]: objectIn(body, 'EndpointConfig') };
    if (verb === 'disconnect') container.networks = others;
    return {};
  }

  return {
    containers,
    networks,
    changes,
    get: (path) => Promise.resolve(get(path)),
    post: (path, body) => Promise.resolve(post(path, body)),
    remove(path) {
      changes.push(`DELETE ${path}`);
      const [, kind = '', id = ''] = /^\/(\w+)\/([^?]+)/.exec(path) ?? [];
      if (kind === 'networks') networks.splice(0, networks.length, ...networks.filter((each) => each['Id'] !== id));
      else containers.splice(0, containers.length, ...containers.filter((each) => each.id !== id));
      return Promise.resolve();
    },
    isUp: () => Promise.resolve(true),
    close() {},
  };
}

function listed(containers: readonly SmallContainer[], query: string): JsonValue {
  const filters = JSON.parse(new URLSearchParams(query).get('filters') ?? '{}') as JsonObject;
  const [label = ''] = filters['label'] as string[];
  const [key = '', value] = label.split('=');
  return containers.filter(({ labels = {} }) => labels[key] === value).map(({ id }) => ({ Id: id }));
}

function inspected({
  id,
  name,
  labels = {},
  running = false,
  states,
  restarts = 0,
  networks = {},
}: SmallContainer): JsonObject {
  const state = states && states.length > 1 ? states.shift() : states?.[0];
  return {
    Id: id,
    Name: `/${name}`,
    RestartCount: restarts,
    Config: { Labels: labels },
    State: { Running: running, ...state },
    NetworkSettings: { Networks: networks },
  };
}
