import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { isInRange } from '../../model/internet-address.ts';
import type { NetworkFacts } from '../../model/network.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { bridgeInterface, engineFilter, leavingBy, ownFate, ownForwardChains, withRules } from './own-forward-rules.ts';

/** The members of a network that belong together: one list for each Compose project, stack or pod namespace. */
export function groupsOf(network: NetworkFacts, containers: readonly ContainerSpec[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, name } of network.members) {
    const group = groupOf(containers.find((each) => each.id === id));
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return groups;
}

function groupOf(container: ContainerSpec | undefined): string {
  const stack = container?.labels['com.docker.stack.namespace'];
  const { project } = container?.owner ?? {};
  return stack ?? project ?? '';
}

/**
 * What shows that rules of the host drop what its bridge forwards between its own members, but for exceptions;
 * undefined where none do. They see such packets only where the kernel hands bridged packets to the packet filter, which
 * it is told for each family.
 */
export function filteringByHost(network: NetworkFacts, { host, engine }: Machine): readonly Evidence[] | undefined {
  const { parameters } = host.kernel;
  const filter = engineFilter(host, engine);
  if (network.driver !== 'bridge' || !engine.local || !parameters.known || !filter.known) return undefined;
  const families = network.ipv6 ? (['ip', 'ip6'] as const) : (['ip'] as const);
  const isDropped = families.every((family) => {
    const subnets = network.subnets.filter((subnet) => subnet.includes(':') === (family === 'ip6'));
    const isHandedOver = parameters.value[handOver[family]] === '1';
    return (
      isHandedOver &&
      subnets.length > 0 &&
      subnets.every((subnet) => isDroppedWithin(network, subnet, family, filter.value, engine))
    );
  });
  if (!isDropped) return undefined;
  const chains = ownForwardChains(filter.value, engine).map(({ family, table, name }) => `${family} ${table} ${name}`);
  return [
    ...families.map((family) => evidenceOf(parameters, '1', `${parameters.path} ${handOver[family]}`)),
    evidenceOf(filter, chains),
  ];
}

const handOver = { ip: 'net.bridge.bridge-nf-call-iptables', ip6: 'net.bridge.bridge-nf-call-ip6tables' } as const;

function isDroppedWithin(
  network: NetworkFacts,
  subnet: string,
  family: 'ip' | 'ip6',
  filter: PacketFilter,
  engine: EngineFacts,
): boolean {
  const bridge = bridgeInterface(network);
  // What is only about some of the subnet is an exception, or not enough.
  const seen = withRules(filter, (rule) =>
    rule.sources?.every((source) => !isInRange(subnet, source)) ? [] : leavingBy([bridge], rule),
  );
  const packet = { family, source: subnet, destination: subnet, inInterface: bridge, partly: 'no' } as const;
  return ownFate(seen, engine, packet) === 'drop';
}
