import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssPrivileged as control } from './kubernetes-pss-privileged.ts';
import { always, inEachList, podOf, statusesOf } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - name: first
      securityContext: { privileged: true }
  containers:
    - name: web
      securityContext:
        privileged: false
  ephemeralContainers:
    - name: debug
      securityContext:
        privileged: true
`);

test('every container is looked at, and fails at its own line', () => {
  expect(failingLines(control, pod)).toEqual([6, 14]);
});

test('the field is taken away', () => {
  expect(remediesOf(control, pod)[0]).toMatchObject({
    kind: 'object',
    fields: [
      { path: ['spec', 'initContainers', 0, 'securityContext', 'privileged'] },
      { path: ['spec', 'ephemeralContainers', 0, 'securityContext', 'privileged'] },
    ],
  });
});

test.each(['true', 'yes', 'on'])('%s is true in YAML 1.1', (word) => {
  expect(statusesOf(control, podOf(`{containers: [{name: a, securityContext: {privileged: ${word}}}]}`))).toEqual(
    always('fail'),
  );
});

test.each(inEachList('{name: a, securityContext: {privileged: true}}'))('%s fails in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
});

test.each([
  '',
  'securityContext: null',
  'securityContext: {}',
  'securityContext: {privileged: null}',
  'privileged: true',
])('a container of {%s} is not privileged', (rest) => {
  expect(statusesOf(control, podOf(`{containers: [{name: a, ${rest}}]}`))).toEqual(always('pass'));
});

test('the pod itself cannot be', () => {
  expect(statusesOf(control, podOf('{securityContext: {privileged: true}, containers: [{name: a}]}'))).toEqual(
    always('pass'),
  );
});
