import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesEphemeralStorage as control } from './kubernetes-ephemeral-storage.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('each container without a limit fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - { name: first, image: first }
  containers:
    - name: web
      image: web
      resources:
        limits: { ephemeral-storage: 1Gi }
    - name: log
      image: log
      resources:
        requests: { ephemeral-storage: 1Gi }
`);
  expect(failingLines(control, pod)).toEqual([13]);
});

test.each([
  ['{containers: [{name: a, image: a}]}', 'fail'],
  ['{resources: {limits: {ephemeral-storage: 1Gi}}, containers: [{name: a, image: a}]}', 'pass'],
  ['{containers: [{name: a}]}', 'pass'],
])('%s: %s', (spec, status) => {
  expect(statusIn(control, podOf(spec))).toBe(status);
});
