import { oddAnswerOf, type RequestFailure, type ServerKind } from './failure.ts';
import type { Clock } from './patience.ts';

/** Bytes that must arrive within each of these times: 1 KiB a second, which a modem brings. */
export const leastPace = { bytes: 64 * 1024, milliseconds: 60_000 };

/** Gives up a server that goes on for ever, a byte at a time. Only the time counts that was spent waiting for it. */
export interface Pace {
  /** Begins to wait for more. */
  readonly waits: () => void;
  /** @returns why to give up, where too little came */
  readonly arrived: (bytes: number) => RequestFailure | undefined;
}

export function paceOf(clock: Clock, kind: ServerKind, host: string): Pace {
  let since = clock.now();
  let waited = 0;
  let bytes = 0;
  return {
    waits() {
      since = clock.now();
    },
    arrived(more) {
      bytes += more;
      waited += clock.now() - since;
      since = clock.now();
      if (waited < leastPace.milliseconds) return undefined;
      if (bytes < leastPace.bytes) return tooSlow(kind, host, bytes);
      waited = 0;
      bytes = 0;
      return undefined;
    },
  };
}

function tooSlow(kind: ServerKind, host: string, bytes: number): RequestFailure {
  const seconds = leastPace.milliseconds / 1000;
  return oddAnswerOf(
    kind,
    host,
    { en: `${bytes} bytes in ${seconds} s, which is too slow`, zh: `${seconds} 秒内仅 ${bytes} 字节，过慢` },
    kind.advice,
    { again: true },
  );
}
