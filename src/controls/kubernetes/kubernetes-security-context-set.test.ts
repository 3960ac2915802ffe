import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesSecurityContextSet as control } from './kubernetes-security-context-set.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('a container without one fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      image: web
      securityContext: { privileged: false }
    - name: log
      image: log
    - name: empty
      image: empty
      securityContext: {}
`);
  expect(failingLines(control, pod)).toEqual([8, 12]);
});

test.each([
  ['{securityContext: {fsGroup: 5}, containers: [{name: a, image: a}]}', 'pass'],
  ['{securityContext: {}, containers: [{name: a, image: a}]}', 'fail'],
  ['{securityContext: {fsGroup: null}, containers: [{name: a, image: a, securityContext: null}]}', 'fail'],
  ['{initContainers: [{name: a, image: a}]}', 'fail'],
  ['{containers: [{name: a}]}', 'pass'],
])('%s: %s', (spec, status) => {
  expect(statusIn(control, podOf(spec))).toBe(status);
});
