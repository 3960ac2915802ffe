import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesGidHigh as control } from './kubernetes-gid-high.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('each place that is wrong fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      image: web
      securityContext:
        runAsUser: 20000
        runAsGroup: 999
    - name: log
      image: log
      securityContext: { runAsUser: 20000 }
`);
  expect(failingLines(control, pod)).toEqual([9, 12]);
});

test.each([
  ['{securityContext: {runAsGroup: 10001}, containers: [{name: a, image: a}]}', 'pass'],
  ['{securityContext: {runAsGroup: 10000}, containers: [{name: a, image: a}]}', 'fail'],
  [
    '{securityContext: {runAsGroup: 0}, containers: [{name: a, image: a, securityContext: {runAsGroup: 10001}}]}',
    'pass',
  ],
  [
    '{securityContext: {runAsGroup: 10001}, containers: [{name: a, image: a, securityContext: {runAsGroup: 0}}]}',
    'fail',
  ],
  ['{hostUsers: false, containers: [{name: a, image: a}]}', 'pass'],
  ['{containers: [{name: a}]}', 'pass'],
])('%s: %s', (spec, status) => {
  expect(statusIn(control, podOf(spec))).toBe(status);
});

test('the number is a parameter', () => {
  const pod = podOf('{securityContext: {runAsGroup: 1000}, containers: [{name: a, image: a}]}');
  expect(statusIn(control, pod, undefined, { above: 999 })).toBe('pass');
});
