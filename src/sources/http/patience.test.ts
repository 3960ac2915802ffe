import { expect, test } from 'vitest';
import { fakeClock } from '../../../test/waiting.ts';
import { RequestFailure, type Chance } from './failure.ts';
import { patiently, readRetryAfter, usualPatience } from './patience.ts';

const failure = (chance: Chance) => new RequestFailure('registry-answer', { en: 'no', zh: '否' }, undefined, chance);

async function triesUntil(success: number, chance: Chance) {
  const clock = fakeClock();
  let tries = 0;
  const action = () => {
    tries++;
    return tries < success ? Promise.reject(failure(chance)) : Promise.resolve('done');
  };
  const outcome = await patiently(usualPatience, clock, action).catch((error: unknown) => error);
  return { tries, waits: clock.waits, outcome };
}

test('what may be over in a moment is tried again, after waits that double up to a limit', async () => {
  const { tries, waits, outcome } = await triesUntil(5, { again: true });
  expect({ tries, outcome }).toEqual({ tries: 5, outcome: 'done' });
  expect(waits).toEqual([375, 750, 1500, 3000]);
});

test('there is an end to it', async () => {
  const { tries, outcome } = await triesUntil(Infinity, { again: true });
  expect(tries).toBe(usualPatience.tries);
  expect(outcome).toBeInstanceOf(RequestFailure);
});

test('what will not change is not tried again', async () => {
  expect(await triesUntil(Infinity, {})).toMatchObject({ tries: 1, waits: [] });
});

test('a server is given the time that it asks for, unless it asks for too much', async () => {
  expect(await triesUntil(2, { again: true, after: 20_000 })).toMatchObject({ tries: 2, waits: [20_000] });
  expect(await triesUntil(2, { again: true, after: 3_600_000 })).toMatchObject({ tries: 1, waits: [] });
});

test('what a server asks for comes in seconds or as a date', () => {
  const now = Date.UTC(2025, 0, 1);
  expect(readRetryAfter('120', now)).toBe(120_000);
  expect(readRetryAfter('Wed, 01 Jan 2025 00:00:30 GMT', now)).toBe(30_000);
  expect(readRetryAfter('Wed, 01 Jan 2020 00:00:30 GMT', now)).toBe(0);
  expect(readRetryAfter('soon', now)).toBeUndefined();
  expect(readRetryAfter(undefined, now)).toBeUndefined();
});
