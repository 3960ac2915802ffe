import type { Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { FilterChain, FilterRule, PacketFilter } from '../../model/packet-filter.ts';

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

/** Whether a chain ever holds something back, itself or in a chain that it leads to. */
export function holdsBack(chain: FilterChain): boolean {
  return chain.policy === 'drop' || chain.rules.some(decides);
}

function decides({ target }: FilterRule): boolean {
  return target !== undefined && target !== 'accept' && target !== 'return';
}

/** The engine that runs on this host, if one does. */
export function localEngine(machine: Machine | undefined): EngineFacts | undefined {
  return machine?.engine.local ? machine.engine : undefined;
}
