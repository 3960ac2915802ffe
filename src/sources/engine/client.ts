import type { JsonValue } from '../../model/json.ts';
import type { EngineAddress } from './address.ts';
import { openExchange } from './exchange.ts';

/** An HTTP client for one engine: it only ever sends GET, so nothing can be changed through it. */
export interface EngineClient {
  readonly address: EngineAddress;
  /** The answer's JSON. `null` for 404; any other refusal is a PlimsollError, as is whatever is not JSON. */
  get(path: string): Promise<JsonValue>;
  close(): void;
}

export interface EngineClientOptions {
  /** How long one answer may take to begin and then to go on, milliseconds. */
  readonly timeout?: number;
}

export const defaultTimeout = 10_000;

export async function openEngineClient(
  address: EngineAddress,
  { timeout = defaultTimeout }: EngineClientOptions = {},
): Promise<EngineClient> {
  const { send, close } = await openExchange(address);
  return { address, get: (path) => send('GET', path, timeout), close };
}
