import type { ContainerSpec, PublishedPort } from '../../model/container-spec.ts';

/** A port that the host opens for a container. */
export interface OpenedPort {
  readonly port: PublishedPort;
  readonly field: string;
}

/**
 * The ports that the host opens for a container: none where it has no network of its own to lead to. In the host's
 * network a port is open because the program opens it, and not because it is published.
 */
export function openedPorts({ namespaces, ports }: ContainerSpec): OpenedPort[] {
  const isWithout = ['host', 'none'].includes(namespaces.network ?? '');
  return isWithout ? [] : ports.map((port, index) => ({ port, field: `ports[${index}]` }));
}

/** `8080/tcp`, `192.0.2.10:53/udp`, `[::]:25/tcp`. Without a number the engine chooses one. */
export function portText({ hostAddress, hostPort, protocol }: PublishedPort): string {
  const address = hostAddress === undefined || hostAddress === '' ? '' : `${bracketed(hostAddress)}:`;
  return `${address}${hostPort ?? '*'}/${protocol}`;
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}
