import type { SecureContextOptions } from 'node:tls';

/** Where an engine listens. */
export type EngineAddress = UnixAddress | TcpAddress;

export interface UnixAddress {
  readonly kind: 'unix';
  readonly path: string;
}

export interface TcpAddress {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: number;
  /** Absent: plain HTTP. */
  readonly tls?: TlsMaterial;
}

export interface TlsMaterial extends Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> {
  /** Whether the engine must prove its name. */
  readonly verify: boolean;
}

/** `unix:///run/docker.sock`, `tcp://10.0.0.1:2376`. */
export function formatAddress(address: EngineAddress): string {
  if (address.kind === 'unix') return `unix://${address.path}`;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `tcp://${host}:${address.port}`;
}
