import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { type Fact, mapFact } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';

/** A container that another one can open connections to. */
export interface Reach {
  readonly container: ContainerSpec;
  /** The network's name; `host` by way of the host's addresses, `localhost` within one namespace. */
  readonly over: string;
  /** `published`: only the ports that the host opens for it. */
  readonly ports: 'every' | 'published';
}

/** Whether a network lets its members talk to each other, as far as the network itself decides it. */
export function forwardsBetweenMembers({ driver, options }: NetworkFacts): boolean {
  switch (driver) {
    case 'bridge':
      return !isFalse(options['com.docker.network.bridge.enable_icc']);
    case 'macvlan':
      return (options['macvlan_mode'] ?? options['mode']) !== 'private';
    case 'host':
    case 'null':
      return false;
    default:
      return true;
  }
}

/** The network that takes in whoever names none. */
export function isDefaultNetwork({ name, driver, options }: NetworkFacts, engine: 'docker' | 'podman'): boolean {
  if (engine === 'podman') return name === 'podman';
  return driver === 'bridge' && (name === 'bridge' || options['com.docker.network.bridge.default_bridge'] === 'true');
}

/** The container whose network namespace this one uses; itself where that is its own. */
export function namespaceOwner(container: ContainerSpec, containers: readonly ContainerSpec[]): ContainerSpec {
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

/** The container that a mode such as `container:db` names, if it is there. */
export function joinedContainer(
  mode: string | undefined,
  containers: readonly ContainerSpec[],
): ContainerSpec | undefined {
  const other = /^container:(.+)$/.exec(mode ?? '')?.[1];
  return other === undefined ? undefined : containers.find(({ id, name }) => id === other || name === other);
}

/** Everybody whom a container can reach, each by the widest way that there is. */
export function reachableFrom(container: ContainerSpec, machine: Machine): Fact<readonly Reach[]> {
  const { containers, engine } = machine;
  return mapFact(engine.networks, (networks) => {
    const from = endOf(container, containers, networks);
    return containers
      .filter((other) => other.state === 'running' && other.id !== container.id)
      .flatMap((other) => wayTo(from, endOf(other, containers, networks)) ?? [])
      .toSorted((left, right) => Number(left.ports === 'published') - Number(right.ports === 'published'));
  });
}

/** Where a container stands in the networks. */
interface End {
  readonly container: ContainerSpec;
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
  return { container, owner, isHost, networks: isHost ? [] : attached };
}

function wayTo(from: End, to: End): Reach | undefined {
  const { container } = to;
  if (from.owner === to.owner) return { container, over: 'localhost', ports: 'every' };
  if (from.isHost && to.isHost) return { container, over: 'localhost', ports: 'every' };
  const shared = from.networks.find((network) => to.networks.includes(network) && forwardsBetweenMembers(network));
  if (shared) return { container, over: shared.name, ports: 'every' };
  // The host has an address on every bridge, and with it a way to each of the bridge's members and back.
  const bridge = from.isHost ? to.networks.find(({ driver }) => driver === 'bridge') : undefined;
  if (bridge) return { container, over: bridge.name, ports: 'every' };
  const isOutside = from.isHost || from.networks.some(({ internal, driver }) => !internal && driver !== 'null');
  if (!isOutside) return undefined;
  if (to.isHost) return { container, over: 'host', ports: 'every' };
  const isPublished = to.owner.ports.some(({ hostAddress = '' }) => from.isHost || !isLoopback(hostAddress));
  return isPublished ? { container, over: 'host', ports: 'published' } : undefined;
}

/** Whether an address only leads to whoever stands in the same namespace. */
export function isLoopback(address: string): boolean {
  return /^(?:127\.|\[?::1\]?$|\[?::ffff:127\.|localhost$)/i.test(address);
}

/** What the engine's own language takes for false. */
function isFalse(value: string | undefined): boolean {
  return value !== undefined && ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value);
}
