import { setTimeout as wait } from 'node:timers/promises';
import { RequestFailure } from './failure.ts';

/** Time, as far as requests depend on it. Tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => wait(milliseconds),
  random: () => Math.random(),
};

/** How often, and after how long, what failed is tried again. */
export interface Patience {
  /** Tries in a row that brought nothing. */
  readonly tries: number;
  /** Milliseconds before the second try; doubled from then on. */
  readonly first: number;
  /** Milliseconds that one wait may take. */
  readonly longest: number;
  /** Milliseconds that a server may ask for; if it asks for more, that is said instead. */
  readonly longestAsked: number;
  /** Milliseconds in which nothing at all arrives. */
  readonly idle: number;
}

export const usualPatience: Patience = { tries: 5, first: 500, longest: 15_000, longestAsked: 60_000, idle: 60_000 };

/** Counts failed tries, and waits between them. */
export interface Attempts {
  /**
   * Waits before the next try.
   *
   * @throws `failure`, where another try would do no better or there were enough
   */
  readonly afterFailure: (failure: unknown) => Promise<void>;
  /** Something was achieved: the count begins anew. */
  readonly succeeded: () => void;
}

export function countAttempts(patience: Patience, clock: Clock): Attempts {
  let failures = 0;
  return {
    afterFailure: async (failure) => {
      const chance = failure instanceof RequestFailure ? failure.chance : {};
      failures++;
      if (!chance.again || failures >= patience.tries || (chance.after ?? 0) > patience.longestAsked) throw failure;
      await pauseAfter(failures, chance.after ?? 0, patience, clock);
    },
    succeeded: () => {
      failures = 0;
    },
  };
}

/**
 * Waits after so many failures in a row, each time for longer.
 *
 * @param asked - milliseconds that the server asks to be left alone
 */
export async function pauseAfter(failures: number, asked: number, patience: Patience, clock: Clock): Promise<void> {
  const doubled = Math.min(patience.first * 2 ** (failures - 1), patience.longest);
  // Many clients that failed at the same moment must not come back at the same moment.
  await clock.sleep(Math.max(asked, doubled * (0.5 + clock.random() / 2)));
}

/** What `action` brings, tried again where that may help. */
export async function patiently<T>(patience: Patience, clock: Clock, action: () => Promise<T>): Promise<T> {
  const attempts = countAttempts(patience, clock);
  for (;;) {
    try {
      return await action();
    } catch (error) {
      await attempts.afterFailure(error);
    }
  }
}

/** Milliseconds that a `Retry-After` asks for: seconds, or a date. */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
