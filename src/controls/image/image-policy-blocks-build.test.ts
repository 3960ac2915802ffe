import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { imagePolicyBlocksBuild as control } from './image-policy-blocks-build.ts';

const answer = { control: control.id, holds: true, note: 'see the runbook', owner: 'ops', date: '2026-06-01' };

test('a person answers, once for the engine', () => {
  expect(judge(control, engine()).status).toBe('unknown');
  expect(control.judge(engine(), { ...contextOf(control), answer })).toMatchObject({ status: 'pass' });
  expect(control.judge(engine(), { ...contextOf(control), answer: { ...answer, holds: false } })).toMatchObject({
    status: 'fail',
  });
  expect(control.remedy(engine(), contextOf(control)).kind).toBe('manual');
});

test('an engine without images is not asked; without the list nothing is known', () => {
  expect(judge(control, engine({}, { images: known([], 'engine-api', '/') })).status).toBe('not-applicable');
  expect(judge(control, engine({}, { images: hidden })).status).toBe('unknown');
});
