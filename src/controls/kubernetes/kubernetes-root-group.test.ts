import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesRootGroup as control } from './kubernetes-root-group.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('each place fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  securityContext:
    runAsGroup: 0
    fsGroup: 0
    supplementalGroups:
      - 20000
      - 0
  containers:
    - { name: web, image: web }
    - name: log
      image: log
      securityContext:
        runAsGroup: 0
`);
  expect(failingLines(control, pod)).toEqual([5, 15, 6, 9]);
});

test.each([
  ['{containers: [{name: a, image: a}]}', 'pass'],
  ['{securityContext: {runAsUser: 0}, containers: [{name: a, image: a}]}', 'pass'],
  ['{securityContext: {runAsGroup: 0}, containers: [{name: a, image: a, securityContext: {runAsGroup: 5}}]}', 'pass'],
  ['{securityContext: {runAsGroup: 5}, containers: [{name: a, image: a, securityContext: {runAsGroup: 0}}]}', 'fail'],
  ['{securityContext: {supplementalGroups: null, fsGroup: null}, containers: [{name: a, image: a}]}', 'pass'],
  ['{initContainers: [{name: a, image: a, securityContext: {runAsGroup: 0}}]}', 'fail'],
])('%s: %s', (spec, status) => {
  expect(statusIn(control, podOf(spec))).toBe(status);
});
