import type { EngineFacts } from '../../model/engine.ts';
import { type ForwardDrop, forwardChain, isPlainInterface } from '../../model/forward-drop.ts';
import { isInRange, isLoopback } from '../../model/internet-address.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import type { Text } from '../../model/text.ts';
import { listed } from '../container/listing.ts';
import { fateAt, type Packet } from '../host/packet-path.ts';
import { bridgeInterface } from './own-forward-rules.ts';
import { openFamilies, type WidePort } from './wide-ports.ts';

/**
 * Rules that close open ports to those whom the host's own firewall would not let in either, on every interface that
 * others come by. All ports or none: otherwise why not.
 */
export function forwardDrops(
  filter: PacketFilter,
  engine: EngineFacts,
  ports: readonly WidePort[],
): readonly ForwardDrop[] | Text {
  const interfaces = outsideInterfaces(engine);
  const { networks } = engine;
  if (!interfaces || !networks.known) return notSeen;
  const subnets = networks.value.flatMap((network) => network.subnets);
  const strange = interfaces.find((name) => !isPlainInterface(name));
  if (strange !== undefined) return notPlain(strange);
  const drops = new Map<string, ForwardDrop>();
  for (const wide of ports) {
    for (const family of openFamilies(filter, engine, wide)) {
      const found = dropsFor(wide, { family, filter, interfaces, subnets });
      if ('en' in found) return found;
      for (const drop of found) drops.set(JSON.stringify(drop), drop);
    }
  }
  return [...drops.values()];
}

interface Surroundings {
  readonly family: Packet['family'];
  readonly filter: PacketFilter;
  /** That others come by. */
  readonly interfaces: readonly string[];
  /** Of the engine's own networks. */
  readonly subnets: readonly string[];
}

function dropsFor(
  { name, port: { hostPort: port, protocol } }: WidePort,
  { family, filter, interfaces, subnets }: Surroundings,
): ForwardDrop[] | Text {
  if (port === undefined) return notFixed(name);
  if (!hasForwardChain(filter, family)) return noChain(name, family);
  const drops: ForwardDrop[] = [];
  for (const inInterface of interfaces) {
    const packet: Packet = { family, inInterface, protocol, port, partly: 'maybe' };
    const fate = fateAt(filter, 'input', packet);
    if (fate === 'unsure') return notClear(name);
    if (fate === 'accept') continue;
    const named = sourcesIn(filter, family, subnets).filter(
      (source) => fateAt(filter, 'input', { ...packet, source }) !== fate,
    );
    if (named.length > 0) return forSome(name, named);
    drops.push({ family, inInterface, protocol, port });
  }
  return drops.length > 0 ? drops : letIn(name);
}

function hasForwardChain({ chains }: PacketFilter, family: Packet['family']): boolean {
  return chains.some((chain) => chain.family === family && chain.table === 'filter' && chain.name === forwardChain);
}

/** Networks outside of the engine's own that rules name, other than to turn them away. */
function sourcesIn({ chains }: PacketFilter, family: Packet['family'], ownSubnets: readonly string[]): string[] {
  const welcoming = chains
    .filter((chain) => chain.family === family || chain.family === 'inet')
    .flatMap(({ rules }) => rules)
    .filter(({ target }) => target !== 'drop' && target !== 'reject');
  return [...new Set(welcoming.flatMap(({ sources = [] }) => sources))].filter(
    (source) =>
      !source.endsWith('/0') &&
      !isLoopback(source.replace(/\/\d+$/, '')) &&
      !ownSubnets.some((subnet) => isInRange(source, subnet)),
  );
}

/** Ends of tunnels that modules of the kernel make for themselves, and that are down. */
const idle = /^(?:tunl0|gre0|gretap0|erspan0|ip_vti0|ip6_vti0|sit0|ip6tnl0|ip6gre0|teql0)$/;

/** What packets of others come by: neither loopback nor what leads to containers. `undefined` where it is not known. */
function outsideInterfaces({ process, networks }: EngineFacts): string[] | undefined {
  if (!process.known || !process.value.interfaces || !networks.known) return undefined;
  const own = new Set(networks.value.filter(({ driver }) => driver === 'bridge').map(bridgeInterface));
  const found = process.value.interfaces.filter(
    (name) => !/^(?:lo$|docker|br-|veth)/.test(name) && !idle.test(name) && !own.has(name),
  );
  return found.length > 0 ? found : undefined;
}

const notSeen: Text = {
  en: 'Which interfaces others come by could not be found out.',
  zh: '无法确定外部连接经由哪些网络接口到达。',
};

function notPlain(name: string): Text {
  return {
    en: `The interface ${JSON.stringify(name)} has a name that rules read otherwise.`,
    zh: `网络接口 ${JSON.stringify(name)} 的名称在规则中另有含义。`,
  };
}

function notFixed(name: string): Text {
  return {
    en: `The engine chooses another port for ${name} at each start.`,
    zh: `${name} 的主机端口每次启动由引擎另行选择。`,
  };
}

function noChain(name: string, family: Packet['family']): Text {
  const version = family === 'ip' ? 'IPv4' : 'IPv6';
  return {
    en: `There is no chain ${forwardChain} for ${version}, so that ${name} cannot be closed there.`,
    zh: `${version} 没有 ${forwardChain} 链，无法在其中关闭 ${name}。`,
  };
}

function notClear(name: string): Text {
  return {
    en: `Whether the firewall of the host itself lets others in to ${name} depends on rules that are not fully understood here.`,
    zh: `主机防火墙自身是否放行 ${name} 取决于此处无法完全解析的规则。`,
  };
}

function letIn(name: string): Text {
  return {
    en: `The firewall of the host itself lets everybody in to ${name}: close it there first, or declare the port in the parameter publicPorts.`,
    zh: `主机防火墙自身允许任何来源访问 ${name}：请先在防火墙中关闭，或在参数 publicPorts 中声明该端口。`,
  };
}

function forSome(name: string, sources: readonly string[]): Text {
  const all = listed(sources);
  return {
    en: `The firewall of the host itself lets ${all.en} in to ${name}, and a rule that drops everybody would shut them out.`,
    zh: `主机防火墙自身允许 ${all.zh} 访问 ${name}，丢弃所有连接的规则会把它们拒之门外。`,
  };
}
