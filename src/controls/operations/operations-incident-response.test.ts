import { expect, test } from 'vitest';
import { contextOf, host } from '../../../test/subjects.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { operationsIncidentResponse as control } from './operations-incident-response.ts';

test('nobody but a person can tell', () => {
  expect(judgeAnswered(control)).toMatchObject({ status: 'unknown', evidence: [] });
  expect(judgeAnswered(control, answered(true)).status).toBe('pass');
  expect(judgeAnswered(control, answered(false)).status).toBe('fail');
  expect(control.remedy(host(), contextOf(control)).kind).toBe('manual');
});
