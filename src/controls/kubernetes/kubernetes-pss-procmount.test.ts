import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssProcmount as control } from './kubernetes-pss-procmount.ts';
import { always, inEachList, newest, podOf, statusesOf, statusIn, until } from './pod-security.fixture.ts';

const unmasked = '{name: a, securityContext: {procMount: Unmasked}}';

test('each container fails at its own line, and loses the field', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      securityContext:
        procMount: Default
    - name: build
      securityContext:
        procMount: Unmasked
`);
  expect(failingLines(control, pod)).toEqual([10]);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [{ path: ['spec', 'containers', 1, 'securityContext', 'procMount'] }],
  });
});

test.each([
  ...inEachList(unmasked),
  ...inEachList('{name: a, securityContext: {procMount: default}}'),
  '{containers: [{name: a, securityContext: {procMount: ""}}]}',
  `{hostUsers: true, containers: [${unmasked}]}`,
  `{hostUsers: null, containers: [${unmasked}]}`,
])('%s fails in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
});

test.each([
  ...inEachList('{name: a, securityContext: {procMount: Default}}'),
  ...inEachList('{name: a, securityContext: {procMount: null}}'),
])('%s passes in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('pass'));
});

test('a user namespace lets the baseline level off from 1.35 on, the restricted one never', () => {
  const pod = podOf(`{hostUsers: false, containers: [${unmasked}]}`);
  expect(statusesOf(control, pod)).toEqual(until(35, 'fail', 'pass'));
  for (const minor of [0, 34, 35, newest, undefined])
    expect(statusIn(control, pod, minor, { restricted: true })).toBe('fail');
});
