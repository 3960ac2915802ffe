import type { ContainerSpec, PublishedPort } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import type { KnownFact } from '../../model/fact.ts';
import { isEveryAddress } from '../../model/internet-address.ts';

/** A port that the host opens for a container. */
export interface OpenedPort {
  readonly port: PublishedPort;
  readonly field: string;
}

/**
 * The ports that the host opens for a container: none where it has no network of its own to lead to. In the host's
 * network a port is open because the program opens it, and not because it is published.
 */
export function openedPorts(container: ContainerSpec): OpenedPort[] {
  const { namespaces, ports, publishAllPorts } = container;
  if (['host', 'none'].includes(namespaces.network ?? '')) return [];
  const named = ports.map((port, index) => ({ port, field: `ports[${index}]` }));
  return publishAllPorts === true ? [...named, ...portsOfImage(container)] : named;
}

/** What `--publish-all` adds: each port that is exposed and not published by itself. */
function portsOfImage({ ports, exposedPorts }: ContainerSpec): OpenedPort[] {
  return exposedPorts.flatMap((exposed) => {
    const [, number, protocol = 'tcp'] = /^(\d+)(?:-\d+)?(?:\/(tcp|udp|sctp))?$/i.exec(exposed) ?? [];
    const port = { containerPort: Number(number), protocol: protocol.toLowerCase() as PublishedPort['protocol'] };
    const isNamed = ports.some((each) => each.containerPort === port.containerPort && each.protocol === port.protocol);
    return number === undefined || isNamed ? [] : [{ port, field: 'publishAllPorts' }];
  });
}

/** `8080/tcp`, `192.0.2.10:53/udp`, `[::]:25/tcp`; `*->80/tcp` where the engine chooses a port of the host. */
export function portText({ hostAddress, hostPort, containerPort, protocol }: PublishedPort): string {
  const address = hostAddress === undefined || hostAddress === '' ? '' : `${bracketed(hostAddress)}:`;
  return `${address}${hostPort ?? `*->${containerPort}`}/${protocol}`;
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}

/** Whether a port is open on every address of the host, where ports without an address take the `usual` one. */
export function isOpenEverywhere({ hostAddress = '' }: PublishedPort, usual: KnownFact<string> | undefined): boolean {
  const address = hostAddress.trim() || (usual?.value ?? '');
  return address === '' || isEveryAddress(address);
}

const bindingOption = 'com.docker.network.bridge.host_binding_ipv4';

/** The address that the container's network gives to ports that name none, if it was told one. */
export function usualAddress(container: ContainerSpec, machine: Machine | undefined): KnownFact<string> | undefined {
  const { dialect, namespaces, networks } = container;
  if (dialect === 'pod' || !machine) return undefined;
  const { bridge } = machine.engine;
  const isDefault = ['', 'default', 'bridge'].includes(namespaces.network ?? '');
  if (isDefault && networks.every((name) => name === 'bridge')) {
    const address = bridge.known ? bridge.value?.options[bindingOption] : undefined;
    return bridge.known && address ? { ...bridge, value: address } : undefined;
  }
  const all = machine.engine.networks;
  if (dialect !== 'engine-api' || !all.known) return undefined;
  // Which of several networks leads to the ports depends on priorities: the widest address counts.
  const leading = all.value.filter(
    ({ name, driver, internal }) => networks.includes(name) && driver === 'bridge' && !internal,
  );
  const told = leading.map(({ name, options }) => ({ name, address: options[bindingOption] ?? '' }));
  const widest = told.find(({ address }) => address === '' || isEveryAddress(address)) ?? told[0];
  if (!widest?.address) return undefined;
  return { ...all, value: widest.address, path: `${all.path} ${widest.name} Options ${bindingOption}` };
}
