import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened } from '../../../test/subjects.ts';
import { imageSizeBloat as control } from './image-size-bloat.ts';

const megabyte = 1024 ** 2;

test.each([
  [100, 0, 'pass'],
  [100, 24, 'pass'],
  [100, 30, 'fail'],
  [1, 9, 'pass'],
  [0, 0, 'pass'],
])('of %d MiB with %d MiB wasted: %s', (bytes, wasted, status) => {
  expect(judge(control, opened({ bytes: bytes * megabyte, wastedBytes: wasted * megabyte })).status).toBe(status);
});

test('the message names both, and the limits can be moved', () => {
  const wasteful = opened({ bytes: 60 * megabyte, wastedBytes: 20 * megabyte });
  expect(judge(control, wasteful).message.en).toBe(
    '25 % of it is wasted: 20 MiB that a later layer deleted or replaced.',
  );
  expect(judge(control, wasteful, { parameters: { wastedPercent: 30 } }).status).toBe('pass');
  expect(judge(control, wasteful, { parameters: { leastMegabytes: 50 } }).status).toBe('pass');
});

test('a layer that was not read may be the one that wastes', () => {
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
  expect(control.remedy(opened(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
