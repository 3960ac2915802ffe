import { expect, test } from 'vitest';
import { contextOf, image, judge, machine } from '../../../test/subjects.ts';
import { historyOf, stepOf } from '../../../test/image-history.ts';
import { imageAge as control } from './image-age.ts';

const day = 86_400_000;
const today = Date.UTC(2026, 6, 1);
const aged = (days: number) => image({ created: today - days * day });

test.each([
  [0, 'pass'],
  [60, 'pass'],
  [61, 'fail'],
  [-1, 'pass'],
  [-1000, 'unknown'],
])('%i days: %s', (days, status) => {
  expect(judge(control, aged(days)).status).toBe(status);
});

test('the limit is a parameter', () => {
  expect(judge(control, aged(61), { parameters: { days: 90 } }).status).toBe('pass');
  expect(control.remedy(aged(61), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test('a reproducible build has no date: its steps may have one, or its base, which is older; else nobody knows', () => {
  const history = historyOf('RUN a', 'RUN b');
  const subject = image({ created: null, history, layers: ['a', 'b'] });
  expect(judge(control, subject).status).toBe('unknown');
  const dated = { ...subject, history: historyOf('RUN a', stepOf('RUN b', { created: today - day })) };
  expect(judge(control, dated).status).toBe('pass');
  const on = (days: number) => {
    const base = { ...aged(days), id: 'sha256:base', layers: ['a'], history: historyOf('RUN a') };
    return judge(control, subject, { machine: machine({ images: [base] }) }).status;
  };
  expect(on(61)).toBe('fail');
  expect(on(1)).toBe('pass');
});

test('of what nobody runs nothing is asked', () => {
  expect(control.appliesTo?.(image({ usedBy: [] }))).toBe(false);
});
