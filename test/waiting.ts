import type { Clock } from '../src/sources/http/patience.ts';

export interface FakeClock extends Clock {
  /** Milliseconds of each wait that was asked for. */
  readonly waits: readonly number[];
  readonly advance: (milliseconds: number) => void;
}

/** Time that only goes on while somebody sleeps, or when it is told to. */
export function fakeClock(): FakeClock {
  let now = Date.UTC(2025, 0, 1);
  const waits: number[] = [];
  const advance = (milliseconds: number) => {
    now += milliseconds;
  };
  return {
    now: () => now,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      advance(milliseconds);
      return Promise.resolve();
    },
    random: () => 0.5,
    waits,
    advance,
  };
}
