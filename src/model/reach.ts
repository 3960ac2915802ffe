import type { ContainerSpec } from './container-spec.ts';
import type { Machine } from './control.ts';
import { type Fact, mapFact } from './fact.ts';
import { isLoopback } from './internet-address.ts';
import type { NetworkFacts } from './network.ts';
import { forwardsBetweenMembers, joinedContainer } from './reachability.ts';

/** Containers that can open connections to others, one way at a time. Names of containers, in the engine's order. */
export interface Reach {
  /** A network's name; `localhost` within one network namespace, `host` by way of the host's addresses. */
  readonly over: string;
  readonly by: 'network' | 'namespace' | 'host';
  /** `published`: only those that the host opens for them. */
  readonly ports: 'every' | 'published';
  readonly from: readonly string[];
  /** The same as `from` where each reaches each other. */
  readonly to: readonly string[];
}

/** Who can reach whom, of the containers that run: as the networks decide it, before any rule of the packet filter. */
export function reachOf({ containers, engine }: Pick<Machine, 'containers' | 'engine'>): Fact<readonly Reach[]> {
  return mapFact(engine.networks, (networks) => {
    const ends = containers
      .filter(({ state }) => state === 'running')
      .map((container) => endOf(container, containers, networks));
    return [...overNetworks(ends, networks), ...inNamespaces(ends), ...overHost(ends)].filter(isBetweenTwo);
  });
}

/** Where a container stands in the networks. */
interface End {
  readonly name: string;
  /** The container whose network namespace it uses. */
  readonly owner: ContainerSpec;
  readonly networks: readonly NetworkFacts[];
  readonly isHost: boolean;
}

function endOf(container: ContainerSpec, containers: readonly ContainerSpec[], networks: readonly NetworkFacts[]): End {
  const owner = namespaceOwner(container, containers);
  const isHost = owner.namespaces.network === 'host';
  const attached = networks.filter(
    ({ name, members }) => members.some(({ id }) => id === owner.id) || owner.networks.includes(name),
  );
  return { name: container.name, owner, isHost, networks: isHost ? [] : attached };
}

/** The container whose network namespace this one uses; itself where that is its own. */
function namespaceOwner(container: ContainerSpec, containers: readonly ContainerSpec[]): ContainerSpec {
  const seen = new Set<ContainerSpec>();
  let current = container;
  while (!seen.has(current)) {
    seen.add(current);
    const next = joinedContainer(current.namespaces.network, containers);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function overNetworks(ends: readonly End[], networks: readonly NetworkFacts[]): Reach[] {
  // The host has an address on every bridge, and with it a way to each of its members.
  const onHost = namesOf(ends.filter(({ isHost }) => isHost));
  return networks.flatMap((network): Reach[] => {
    const members = namesOf(ends.filter((end) => end.networks.includes(network)));
    const common = { over: network.name, by: 'network', ports: 'every' } as const;
    return [
      ...(forwardsBetweenMembers(network) ? [{ ...common, from: members, to: members }] : []),
      ...(network.driver === 'bridge' ? [{ ...common, from: onHost, to: members }] : []),
    ];
  });
}

function inNamespaces(ends: readonly End[]): Reach[] {
  const groups = Map.groupBy(ends, ({ isHost, owner }) => (isHost ? 'host' : owner));
  return [...groups.values()].map((group) => {
    const names = namesOf(group);
    return { over: 'localhost', by: 'namespace', ports: 'every', from: names, to: names };
  });
}

/** Whoever has a way out reaches what the host opens, and what listens on its addresses. */
function overHost(ends: readonly End[]): Reach[] {
  const outside = ends.filter(
    ({ isHost, networks }) => !isHost && networks.some(({ internal, driver }) => !internal && driver !== 'null'),
  );
  const publishers = ends.filter(
    ({ isHost, owner }) => !isHost && owner.ports.some(({ hostAddress = '' }) => !isLoopback(hostAddress)),
  );
  const common = { over: 'host', by: 'host', from: namesOf(outside) } as const;
  return [
    { ...common, ports: 'every', to: namesOf(ends.filter(({ isHost }) => isHost)) },
    { ...common, ports: 'published', to: namesOf(publishers) },
  ];
}

function namesOf(ends: readonly End[]): string[] {
  return ends.map(({ name }) => name);
}

function isBetweenTwo({ from, to }: Reach): boolean {
  return from.length > 0 && to.length > 0 && new Set([...from, ...to]).size > 1;
}
