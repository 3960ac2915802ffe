import { homedir } from 'node:os';
import type { EngineAddress } from '../sources/engine/address.ts';
import { type EndpointOptions, resolveEndpoint } from '../sources/engine/endpoint.ts';
import type { Surroundings } from '../sources/engine/surroundings.ts';
import type { PolicyOptions, SharedOptions } from './options.ts';

/** Options of every verb that asks an engine. */
export interface EngineOptions extends SharedOptions, PolicyOptions {
  readonly host?: string;
  readonly context?: string;
  readonly tls?: boolean;
  readonly tlsverify?: boolean;
  readonly tlscacert?: string;
  readonly tlscert?: string;
  readonly tlskey?: string;
  /** Seconds. */
  readonly timeout?: number;
}

/** The engine that options, environment and contexts name. */
export function engineAddress(options: EngineOptions): EngineAddress {
  return resolveEndpoint(endpointOptions(options), surroundings());
}

/** Where a user's own settings of engines are. */
export function surroundings(): Surroundings {
  return { environment: process.env, home: homedir() };
}

function endpointOptions(options: EngineOptions): EndpointOptions {
  return {
    host: options.host,
    context: options.context,
    tls: options.tls,
    tlsVerify: options.tlsverify,
    tlsCaCertificate: options.tlscacert,
    tlsCertificate: options.tlscert,
    tlsKey: options.tlskey,
  };
}
