import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesEnvDuplicate as control } from './kubernetes-env-duplicate.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - name: first
      env:
        - { name: MODE, value: slow }
  containers:
    - name: web
      envFrom:
        - configMapRef: { name: web }
      env:
        - { name: MODE, value: fast }
        - { name: mode, value: fast }
        - name: MODE
          value: slow
        - { name: HOST, value: db }
        - { name: HOST, value: db }
        - { value: none }
        - { value: none }
`);

test('the second entry of a name fails at its own line', () => {
  expect(failingLines(control, pod)).toEqual([15, 18]);
});

test('only what says the same again is taken away', () => {
  expect(remediesOf(control, pod)).toMatchObject([
    { kind: 'manual' },
    { fields: [{ path: ['spec', 'containers', 0, 'env', 4] }] },
  ]);
});
