import { expect, test } from 'vitest';
import { counted } from './counted.ts';

test.each([
  [1, '1 processor'],
  [0.5, '0.5 processors'],
  [0, '0 processors'],
  [2, '2 processors'],
])('%s is written as %s', (count, text) => expect(counted(count, 'processor')).toBe(text));

test('a plural of its own', () => {
  expect(counted(1, 'process', 'processes')).toBe('1 process');
  expect(counted(200, 'process', 'processes')).toBe('200 processes');
});
