import { expect, test } from 'vitest';
import type { Answer } from '../model/answer.ts';
import { answerTo } from './answers.ts';

const answer: Answer = {
  control: 'operations-incident-response',
  holds: true,
  note: 'drilled in May',
  owner: 'harbour',
  date: '2026-07-01',
};
const at = (time: string, change: Partial<Answer> = {}, control = answer.control) =>
  Object.keys(answerTo(control, [{ ...answer, ...change }], new Date(time)));

test.each([
  ['2026-07-01T00:00:00Z', {}, 'answer'],
  ['2027-07-01T23:59:59Z', {}, 'answer'],
  ['2027-07-02T00:00:00Z', {}, 'expiredAnswer'],
  ['2027-07-02T01:30:00+02:00', {}, 'answer'],
  ['2026-12-31T23:59:59Z', { until: '2026-12-31' }, 'answer'],
  ['2027-01-01T00:00:00Z', { until: '2026-12-31' }, 'expiredAnswer'],
  ['2028-06-01T00:00:00Z', { until: '2028-12-31' }, 'answer'],
  ['2029-02-28T12:00:00Z', { date: '2028-02-29' }, 'answer'],
  ['2029-03-01T00:00:00Z', { date: '2028-02-29' }, 'expiredAnswer'],
] as const)('at %s with %j it is the %s', (time, change, kind) => {
  expect(at(time, change)).toEqual([kind]);
});

test('an answer to another question is none', () => {
  expect(at('2026-07-01T12:00:00Z', {}, 'operations-ci-gate')).toEqual([]);
});
