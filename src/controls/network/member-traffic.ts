import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import type { NetworkFacts } from '../../model/network.ts';
import type { FilterRule } from '../../model/packet-filter.ts';

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
 * Whether rules of the host drop what its bridge forwards between its own members. They see such packets only where
 * the kernel hands bridged packets to the packet filter.
 */
export function isFilteredByHost(network: NetworkFacts, { host }: Machine): boolean {
  const { parameters } = host.kernel;
  const isHandedOver = parameters.known && parameters.value['net.bridge.bridge-nf-call-iptables'] === '1';
  if (network.driver !== 'bridge' || !isHandedOver || !host.packetFilter.known) return false;
  const chain = host.packetFilter.value.chains.find(({ family, name }) => name === 'DOCKER-USER' && family !== 'ip6');
  const bridge = network.options['com.docker.network.bridge.name'] ?? `br-${network.id.slice(0, 12)}`;
  const verdict = chain?.rules.find((rule) => isAboutAll(rule, bridge))?.target;
  return verdict === 'drop' || verdict === 'reject';
}

/** A rule that decides about everything new between members of this bridge. */
function isAboutAll(rule: FilterRule, bridge: string): boolean {
  const { target = '', inInterface = bridge, outInterface = bridge } = rule;
  const isNarrow = [rule.protocol, rule.destinationPorts, rule.sources, rule.states].some((each) => each !== undefined);
  return (
    !isNarrow &&
    !rule.isPartial &&
    ['accept', 'drop', 'reject', 'return'].includes(target) &&
    inInterface === bridge &&
    outInterface === bridge
  );
}
