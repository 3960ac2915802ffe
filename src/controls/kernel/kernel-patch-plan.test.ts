import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge, kernel } from '../../../test/subjects.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelPatchPlan as control } from './kernel-patch-plan.ts';

const asked = (rebootAskedFor: number | null) => host(kernelWith({ rebootAskedFor }));

// It is the first of July.
test.each([
  [null, 'pass'],
  [Date.UTC(2026, 5, 30), 'pass'],
  [Date.UTC(2026, 5, 17), 'pass'],
  [Date.UTC(2026, 5, 16), 'fail'],
  [Date.UTC(2026, 5, 2), 'fail'],
  [Date.UTC(2026, 6, 2), 'pass'],
])('a reboot asked for at %s: %s', (since, status) => {
  expect(judge(control, asked(since)).status).toBe(status);
});

test('a mark from before the start is of no account', () => {
  expect(judge(control, asked(Date.UTC(2026, 4, 20))).status).toBe('pass');
  const { rebootAskedFor } = asked(Date.UTC(2026, 4, 20)).kernel;
  expect(judge(control, kernel({ rebootAskedFor, started: hidden })).status).toBe('fail');
});

test('the days are chosen', () => {
  expect(judge(control, asked(Date.UTC(2026, 5, 29)), { parameters: { days: 1 } })).toMatchObject({
    status: 'fail',
    field: 'kernel.rebootAskedFor',
    evidence: [{ value: '2026-06-29T00:00:00.000Z' }],
  });
});

test('what cannot be read is unknown', () => {
  expect(judge(control, kernel({ rebootAskedFor: hidden })).status).toBe('unknown');
});

test('a reboot is for a person', () => {
  expect(control.remedy(host(), contextOf(control)).disruption).toBe('reboot');
});
