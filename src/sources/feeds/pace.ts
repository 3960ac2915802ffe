import type { Clock } from '../http/patience.ts';
import type { RequestFailure } from '../http/failure.ts';
import { oddAnswer } from './feed-server.ts';

/** Bytes that must arrive within each of these times: 1 KiB a second, which a modem brings. */
export const leastPace = { bytes: 64 * 1024, milliseconds: 60_000 };

/** Gives up a server that goes on for ever, a byte at a time. */
export interface Pace {
  /** @returns why to give up, where too little came */
  readonly arrived: (bytes: number) => RequestFailure | undefined;
}

export function paceOf(clock: Clock, host: string): Pace {
  let since = clock.now();
  let bytes = 0;
  return {
    arrived(more) {
      bytes += more;
      if (clock.now() - since < leastPace.milliseconds) return undefined;
      if (bytes < leastPace.bytes) return tooSlow(host, bytes);
      since = clock.now();
      bytes = 0;
      return undefined;
    },
  };
}

function tooSlow(host: string, bytes: number): RequestFailure {
  const seconds = leastPace.milliseconds / 1000;
  return oddAnswer(
    host,
    { en: `${bytes} bytes in ${seconds} s, which is too slow`, zh: `${seconds} 秒内仅 ${bytes} 字节，过慢` },
    { again: true },
  );
}
