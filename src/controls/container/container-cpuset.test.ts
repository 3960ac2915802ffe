import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { containerCpuset as control } from './container-cpuset.ts';

const unpinned = container({ resources: { cpuset: null } });
const required = { parameters: { required: true } };

test('a pinned container passes whatever the policy, and its processors are reported', () => {
  const pinned = container({ resources: { cpuset: '0-1', memoryNodes: '0' } });
  expect(judge(control, pinned).status).toBe('pass');
  const verdict = judge(control, pinned, required);
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence.map((each) => each.value)).toEqual(['0-1', '0']);
});

test('without a policy the question does not arise', () => {
  expect(judge(control, unpinned).status).toBe('not-applicable');
  expect(judge(control, container({ resources: { cpuset: '' } })).status).toBe('not-applicable');
});

test('where pinning is required, none fails', () => {
  const verdict = judge(control, unpinned, required);
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('resources.cpuset');
});

test('memory nodes alone pin no processor', () => {
  const nodes = container({ resources: { cpuset: null, memoryNodes: '0' } });
  expect(judge(control, nodes, required).status).toBe('fail');
});

test('processors are assigned only if the policy names them: nobody is pinned to processor 0 unasked', () => {
  expect(control.remedy(unpinned, contextOf(control, required)).kind).toBe('manual');
  const named = contextOf(control, { parameters: { required: true, suggested: '2-3' } });
  expect(control.remedy(unpinned, named)).toMatchObject({ change: { resources: { cpuset: '2-3' } } });
});
