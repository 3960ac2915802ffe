import { expect, test } from 'vitest';
import { contextOf, host } from '../../../test/subjects.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { hostHardenedGeneral as control } from './host-hardened-general.ts';

test('docker-bench leaves 1.2.1 as a note without a verdict: it is unknown until somebody answers', () => {
  expect(judgeAnswered(control)).toMatchObject({ status: 'unknown', evidence: [] });
  expect(judgeAnswered(control, answered(true)).status).toBe('pass');
  expect(judgeAnswered(control, answered(false)).status).toBe('fail');
  expect(control.remedy(host(), contextOf(control)).kind).toBe('manual');
});
