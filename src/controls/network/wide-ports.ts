import type { ContainerSpec, PublishedPort } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { FilterRule, PacketFilter } from '../../model/packet-filter.ts';
import { isPortIn, type Packet } from '../host/packet-path.ts';
import { isOpenEverywhere, openedPorts, portText, usualAddress } from './opened-ports.ts';
import { bridgeInterface, leavingBy, ownFate, withRules } from './own-forward-rules.ts';

/** A port that a running container offers on every address. */
export interface WidePort {
  /** `web 8080/tcp` */
  readonly name: string;
  readonly port: PublishedPort;
  readonly families: readonly Packet['family'][];
  /** Bridges by which packets reach the container; empty where its networks are not known. */
  readonly bridges: readonly string[];
}

/** Those of a container, but for ports that are meant for everyone. */
export function widePorts(container: ContainerSpec, machine: Machine, publicPorts: readonly number[]): WidePort[] {
  if (container.state !== 'running') return [];
  const usual = usualAddress(container, machine);
  const all = machine.engine.networks;
  const networks = all.known ? all.value.filter(({ name }) => container.networks.includes(name)) : [];
  const bridges = networks.filter(({ driver }) => driver === 'bridge').map(bridgeInterface);
  const speaksIpv6 = networks.some(({ ipv6 }) => ipv6);
  return openedPorts(container)
    .filter(({ port }) => isOpenEverywhere(port, usual) && !publicPorts.includes(port.hostPort ?? 0))
    .map(({ port: { hostAddress = '', ...port } }) => ({
      // IPv4 and IPv6 are two bindings of one port.
      name: `${container.name} ${portText(port)}`,
      port,
      families: hostAddress === '' ? (speaksIpv6 ? ['ip', 'ip6'] : ['ip']) : [hostAddress.includes(':') ? 'ip6' : 'ip'],
      bridges,
    }));
}

export function namesOf(ports: readonly WidePort[]): string[] {
  return [...new Set(ports.map(({ name }) => name))];
}

/** Families of addresses in which rules of one's own let everybody through to a port. Those for some sources, a list of who is banned, do not matter. */
export function openFamilies(filter: PacketFilter, engine: EngineFacts, wide: WidePort): Packet['family'][] {
  const { families, bridges } = wide;
  const { containerPort: port, protocol, hostPort } = wide.port;
  const seen = withRules(filter, ({ states, ...rule }) =>
    isForOtherPort(rule, hostPort)
      ? []
      : // The address of a packet to a published port has been translated by then.
        leavingBy(bridges, states && !states.includes('dnat') ? { ...rule, states } : rule),
  );
  return families.filter((family) => ownFate(seen, engine, { family, protocol, port, partly: 'maybe' }) === 'accept');
}

/** It asks for the port that the connection was opened to, and for another one. */
function isForOtherPort({ text }: FilterRule, hostPort: number | undefined): boolean {
  const [, not, asked] = /(?:^| )(! )?--ctorigdstport (\d+(?::\d+)?)(?= |$)/.exec(text) ?? [];
  return asked !== undefined && not === undefined && hostPort !== undefined && !isPortIn(asked, hostPort);
}
