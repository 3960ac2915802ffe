import type { Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { Fact } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import type { NetworkFacts } from '../../model/network.ts';
import type { FilterChain, FilterRule, PacketFilter } from '../../model/packet-filter.ts';
import { type Fate, fateIn, type Packet } from '../host/packet-path.ts';

/**
 * Chains in which an administrator decides about the packets of containers. With iptables these are `DOCKER-USER`;
 * where the engine writes nftables there is none, and tables of one's own stand at the same hook.
 */
export function ownForwardChains({ chains }: PacketFilter, engine: EngineFacts): FilterChain[] {
  if (!usesNftables(engine)) return chains.filter(({ name, table }) => name === 'DOCKER-USER' && table === 'filter');
  return chains.filter(({ hook, table }) => hook === 'forward' && !table.startsWith('docker'));
}

export function usesNftables({ info }: EngineFacts): boolean {
  return info.known && info.value.firewallBackend?.startsWith('nftables') === true;
}

/** Makes such a table and its chain. */
export const ownTable = [
  'nft add table inet guard',
  "nft add chain inet guard forward '{ type filter hook forward priority -10; policy accept; }'",
];

/** What becomes of a packet in those chains: every one of them must let it through. */
export function ownFate(filter: PacketFilter, engine: EngineFacts, packet: Packet): Fate {
  const own = ownForwardChains(filter, engine).filter(({ family }) => family === 'inet' || family === packet.family);
  const fates = new Set(own.map((chain) => fateIn(filter, chain, packet)));
  if (fates.has('drop')) return 'drop';
  return fates.has('unsure') ? 'unsure' : 'accept';
}

/** The same filter with other rules in place of each one. */
export function withRules(filter: PacketFilter, change: (rule: FilterRule) => readonly FilterRule[]): PacketFilter {
  return { ...filter, chains: filter.chains.map((chain) => ({ ...chain, rules: chain.rules.flatMap(change) })) };
}

/** A rule as a packet sees it that leaves by one of these interfaces: none where it asks for another one. */
export function leavingBy(interfaces: readonly string[], { outInterface, ...rule }: FilterRule): FilterRule[] {
  if (outInterface === undefined) return [rule];
  const matching = interfaces.filter((name) => isInterface(outInterface, name));
  if (matching.length === 0) return [];
  return [{ ...rule, isPartial: rule.isPartial || matching.length < interfaces.length }];
}

/** `br-+` is every interface whose name begins so. */
function isInterface(pattern: string, name: string): boolean {
  return pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** The bridge that the kernel knows a network by. */
export function bridgeInterface({ id, name, options }: NetworkFacts): string {
  return options['com.docker.network.bridge.name'] ?? (name === 'bridge' ? 'docker0' : `br-${id.slice(0, 12)}`);
}

/** The packet filter that the engine writes into: not the one that was read where its process is in another namespace. */
export function engineFilter({ packetFilter }: HostFacts, { process, filterChains }: EngineFacts): Fact<PacketFilter> {
  return packetFilter.known && process.known && !filterChains.known ? filterChains : packetFilter;
}

/** The engine that runs on this host, if one does. */
export function localEngine(machine: Machine | undefined): EngineFacts | undefined {
  return machine?.engine.local ? machine.engine : undefined;
}
