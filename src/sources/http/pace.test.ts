import { expect, test } from 'vitest';
import { fakeClock } from '../../../test/waiting.ts';
import { feedServer } from '../feeds/feed-server.ts';
import { leastPace, paceOf } from './pace.ts';

test('each minute must bring its bytes, whatever came before', () => {
  const clock = fakeClock();
  const pace = paceOf(clock, feedServer, 'a.example');
  expect(pace.arrived(1)).toBeUndefined();
  clock.advance(leastPace.milliseconds);
  expect(pace.arrived(leastPace.bytes)).toBeUndefined();
  clock.advance(leastPace.milliseconds - 1);
  expect(pace.arrived(1)).toBeUndefined();
  clock.advance(1);
  expect(pace.arrived(1)).toMatchObject({
    message: 'a.example answered with 2 bytes in 60 s, which is too slow',
    chance: { again: true },
  });
});

test('the time in which nobody waits is not held against the server', () => {
  const clock = fakeClock();
  const pace = paceOf(clock, feedServer, 'a.example');
  clock.advance(10 * leastPace.milliseconds);
  pace.waits();
  clock.advance(leastPace.milliseconds - 1);
  expect(pace.arrived(1)).toBeUndefined();
  pace.waits();
  clock.advance(1);
  expect(pace.arrived(1)).toMatchObject({ chance: { again: true } });
});
