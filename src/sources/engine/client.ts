import type { JsonValue } from '../../model/json.ts';
import type { EngineAddress } from './address.ts';
import { openExchange, type StreamedAnswer } from './exchange.ts';

/** An HTTP client for one engine: it only ever sends GET, so nothing can be changed through it. */
export interface EngineClient {
  readonly address: EngineAddress;
  /** The answer's JSON. `null` for 404; any other refusal is a PlimsollError, as is whatever is not JSON. */
  get(path: string): Promise<JsonValue>;
  /**
   * The answer as it comes, for what is too large to be held; `null` for 404, any other refusal is a PlimsollError.
   */
  stream(path: string): Promise<StreamedAnswer | null>;
  close(): void;
}

export interface EngineClientOptions {
  /** How long one answer may take to begin and then to go on, milliseconds. */
  readonly timeout?: number;
}

export const defaultTimeout = 10_000;

/** How long an archive may take to begin, milliseconds: an engine writes an image down as a whole before it sends any of it. */
const archiveTimeout = 600_000;

export async function openEngineClient(
  address: EngineAddress,
  { timeout = defaultTimeout }: EngineClientOptions = {},
): Promise<EngineClient> {
  const { send, stream, close } = await openExchange(address);
  return {
    address,
    get: (path) => send('GET', path, timeout),
    stream: (path) => stream(path, Math.max(timeout, archiveTimeout)),
    close,
  };
}
