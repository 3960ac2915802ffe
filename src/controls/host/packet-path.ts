import type { FilterChain, FilterRule, PacketFilter } from '../../model/packet-filter.ts';
import { isInRange } from '../../model/internet-address.ts';

/** A new connection that the packet filter is asked about; what is left out may be anything. */
export interface Packet {
  readonly family: 'ip' | 'ip6';
  readonly protocol?: string;
  readonly port?: number;
  /** The network that it comes from; absent: a stranger. */
  readonly source?: string;
  readonly destination?: string;
  /** Absent: from outside of the host. */
  readonly inInterface?: string;
  /**
   * What a rule means that only holds for some of what is left out: that it may apply (`maybe`), or that it is an
   * exception which does not count (`no`).
   */
  readonly partly: 'maybe' | 'no';
}

export type Fate = 'accept' | 'drop' | 'unsure';
type Outcome = 'accept' | 'drop' | 'return';

/** What becomes of a packet at one of the kernel's hooks: every chain there must let it through. */
export function fateAt(filter: PacketFilter, hook: FilterChain['hook'], packet: Packet): Fate {
  const chains = filter.chains.filter((chain) => chain.hook === hook && isOfFamily(chain, packet));
  const fates = new Set(chains.map((chain) => fateIn(filter, chain, packet)));
  if (fates.has('drop')) return 'drop';
  return fates.has('unsure') ? 'unsure' : 'accept';
}

/** What becomes of a packet that enters a chain; where the chain does not decide, it is let through. */
export function fateIn(filter: PacketFilter, chain: FilterChain, packet: Packet): Fate {
  const ends = new Set(
    [...walk(filter, chain, packet, 0)].map((end) => (end === 'return' ? (chain.policy ?? 'accept') : end)),
  );
  const [only] = ends;
  return ends.size === 1 && only !== undefined ? only : 'unsure';
}

/** iptables itself refuses loops; a ruleset that was put together from two tools is not worth a stack. */
const deepest = 16;

function walk(filter: PacketFilter, chain: FilterChain, packet: Packet, depth: number): Set<Outcome> {
  const ends = new Set<Outcome>();
  for (const rule of chain.rules) {
    const holds = holdsFor(rule, packet);
    if (holds === 'no' || (rule.target === undefined && !isVerdictMap(rule))) continue;
    const outcomes = rule.target === undefined ? anything : outcomesOf(filter, chain, rule.target, packet, depth);
    const leaves = rule.target === 'return' || isGoto(rule);
    for (const outcome of outcomes) if (outcome !== 'return' || leaves) ends.add(outcome);
    if (holds === 'yes' && (leaves || !outcomes.has('return'))) return ends;
  }
  return ends.add('return');
}

const anything: ReadonlySet<Outcome> = new Set(['accept', 'drop', 'return']);

/** After a chain that a rule went to, and did not jump to, the rules behind it are not asked any more. */
function isGoto({ text, target }: FilterRule): boolean {
  return text.endsWith(`-g ${target}`) || text.endsWith(`{"goto":{"target":${JSON.stringify(target)}}}]`);
}

/** What nftables looks up in a map, to accept or to drop it; maps of states that say nothing of new connections decide nothing here. */
function isVerdictMap({ text }: FilterRule): boolean {
  if (!text.includes('"vmap":')) return false;
  return !text.includes('"vmap":{"key":{"ct":{"key":"state"}}') || text.includes('"new"');
}

function outcomesOf(
  filter: PacketFilter,
  { family, table }: FilterChain,
  target: string,
  packet: Packet,
  depth: number,
): ReadonlySet<Outcome> {
  if (target === 'accept' || target === 'return') return new Set([target]);
  if (target === 'drop' || target === 'reject') return new Set(['drop']);
  const next = filter.chains.find((each) => each.name === target && each.table === table && each.family === family);
  if (!next || depth >= deepest) return anything;
  return walk(filter, next, packet, depth + 1);
}

function isOfFamily({ family }: FilterChain, packet: Packet): boolean {
  return family === 'inet' || family === packet.family;
}

type Holds = 'yes' | 'no' | 'maybe';

/** Whether a rule's conditions hold for a packet. */
function holdsFor(rule: FilterRule, packet: Packet): Holds {
  const conditions = new Set<Holds>([
    rule.states && !rule.states.includes('new') ? 'no' : 'yes',
    protocolHolds(rule, packet),
    portHolds(rule, packet),
    sourceHolds(rule, packet),
    destinationHolds(rule, packet),
    interfaceHolds(rule, packet),
    rule.isPartial && !isForStrangers(rule, packet) ? packet.partly : 'yes',
  ]);
  if (conditions.has('no')) return 'no';
  return conditions.has('maybe') ? 'maybe' : 'yes';
}

function protocolHolds({ protocol }: FilterRule, packet: Packet): Holds {
  if (protocol === undefined || protocol === packet.protocol) return 'yes';
  return packet.protocol === undefined ? packet.partly : 'no';
}

function portHolds({ destinationPorts }: FilterRule, { port, partly }: Packet): Holds {
  if (!destinationPorts) return 'yes';
  if (port === undefined) return partly;
  return destinationPorts.some((each) => isPortIn(each, port)) ? 'yes' : 'no';
}

/** `2376`, `8000:8010`; either end of a range may be left out. */
export function isPortIn(ports: string, port: number): boolean {
  const [first = '', last = first] = ports.split(':');
  return Number(first) <= port && port <= (last === '' ? 65_535 : Number(last));
}

function sourceHolds({ sources }: FilterRule, { source }: Packet): Holds {
  if (!sources || sources.some(isAnywhere)) return 'yes';
  if (source === undefined) return 'no';
  if (sources.some((each) => isInRange(source, each))) return 'yes';
  return sources.some((each) => isInRange(each, source)) ? 'maybe' : 'no';
}

function destinationHolds({ destinations }: FilterRule, { destination, partly }: Packet): Holds {
  if (!destinations || destinations.some(isAnywhere)) return 'yes';
  if (destination === undefined) return partly;
  return destinations.some((each) => isInRange(destination, each)) ? 'yes' : 'no';
}

function isAnywhere(range: string): boolean {
  return range === '0.0.0.0/0' || range === '::/0';
}

/** Interfaces that no stranger's packet comes from, or goes out by. */
const ownInterfaces = /^(lo|docker|br-|veth)/;

function interfaceHolds({ inInterface, outInterface }: FilterRule, packet: Packet): Holds {
  if (outInterface !== undefined && ownInterfaces.test(outInterface)) return 'no';
  if (inInterface === undefined) return 'yes';
  if (packet.inInterface !== undefined) return isInterface(inInterface, packet.inInterface) ? 'yes' : 'no';
  return ownInterfaces.test(inInterface) ? 'no' : packet.partly;
}

/** `br-+` is every interface whose name begins so. */
function isInterface(pattern: string, name: string): boolean {
  return pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** A rule for everybody but some networks, or but loopback, holds for a stranger, where it asks for nothing else that is not understood. */
function isForStrangers({ text }: FilterRule, { source }: Packet): boolean {
  const understood =
    /^(?:! -s \S+ |! -i lo |-p \S+ |-m (?:tcp|udp|multiport|conntrack|state|comment) |--dports? \S+ |--(?:ct)?state \S+ |--comment (?:"[^"]*"|\S+) )+-[jg] /;
  return source === undefined && understood.test(text);
}
