import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerBlkioLimit as control } from './container-blkio-limit.ts';

const free = container({ resources: { blockIoWeight: null } });
const required = { parameters: { required: true } };

test('a weight passes whatever the policy', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, container(), required).status).toBe('pass');
});

test('a rate limit on a device passes without a weight', () => {
  const throttled = container({ resources: { blockIoWeight: null, blockIoThrottles: 1 } });
  expect(judge(control, throttled, required).status).toBe('pass');
});

test('without a policy the question does not arise', () => {
  expect(judge(control, free).status).toBe('not-applicable');
});

test('where it is required, none fails, and a weight of 0 is none', () => {
  expect(judge(control, free, required).status).toBe('fail');
  const zero = container({ resources: { blockIoWeight: 0, blockIoThrottles: 0 } });
  const verdict = judge(control, zero, required);
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('resources.blockIoWeight');
});

test('the remedy makes it pass while it runs', () => {
  const remedy = control.remedy(free, contextOf(control, required));
  if (remedy.kind !== 'spec') throw new Error('not a change of the container');
  expect(remedy.disruption).toBe('none');
  expect(judge(control, applySpecChange(free, remedy.change), required).status).toBe('pass');
});
