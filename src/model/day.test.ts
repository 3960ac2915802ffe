import { expect, test } from 'vitest';
import { isDay, isOver } from './day.ts';

test.each([
  ['2028-02-29', true],
  ['2027-12-31', true],
  ['2027-02-29', false],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['2026-1-31', false],
  ['2026-01-31T00:00:00Z', false],
  ['+002026-01-31', false],
  ['2026', false],
  ['tomorrow', false],
  ['', false],
])('whether %j is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test('a day lasts to its end in UTC', () => {
  expect(isOver('2026-07-01', new Date('2026-07-01T23:59:59.999Z'))).toBe(false);
  expect(isOver('2026-07-01', new Date('2026-07-02T00:00:00Z'))).toBe(true);
});
