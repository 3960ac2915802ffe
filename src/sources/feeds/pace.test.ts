import { expect, test } from 'vitest';
import { fakeClock } from '../../../test/waiting.ts';
import { leastPace, paceOf } from './pace.ts';

test('each minute must bring its bytes, whatever came before', () => {
  const clock = fakeClock();
  const pace = paceOf(clock, 'a.example');
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
