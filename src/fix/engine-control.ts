import type { JsonValue } from '../model/json.ts';
import type { EngineAddress } from '../sources/engine/address.ts';
import { openExchange } from '../sources/engine/exchange.ts';

/** The engine's API as a fix uses it: this is the one place that changes anything through it. */
export interface EngineControl {
  /** `null` for what is not there. */
  readonly get: (path: string) => Promise<JsonValue>;
  /** Throws a PlimsollError with the engine's own words where it refuses. */
  readonly post: (path: string, body?: JsonValue) => Promise<JsonValue>;
  readonly remove: (path: string) => Promise<void>;
  /** Whether it answers. */
  readonly isUp: () => Promise<boolean>;
  readonly close: () => void;
}

/** To stop a container takes as long as its programs take to end: ten seconds, unless it was created with more. */
const timeout = 120_000;

/** How long an engine that is up may take to say so, milliseconds. */
const pingTimeout = 5000;

export async function openEngineControl(address: EngineAddress): Promise<EngineControl> {
  const { send, close } = await openExchange(address);
  return {
    get: (path) => send('GET', path, timeout),
    post: (path, body) => send('POST', path, timeout, body),
    async remove(path) {
      await send('DELETE', path, timeout);
    },
    async isUp() {
      try {
        return (await send('GET', '/version', pingTimeout)) !== null;
      } catch {
        return false;
      }
    },
    close,
  };
}
