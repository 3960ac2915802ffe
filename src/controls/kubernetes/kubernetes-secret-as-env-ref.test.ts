import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesSecretAsEnvRef as control } from './kubernetes-secret-as-env-ref.ts';

test('each variable, and each Secret as a whole, fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      env:
        - { name: MODE, value: fast }
        - name: PASSWORD
          valueFrom:
            secretKeyRef: { name: db, key: password }
        - name: HOST
          valueFrom: { configMapKeyRef: { name: web, key: host } }
      envFrom:
        - configMapRef: { name: web }
        - prefix: DB_
          secretRef: { name: db }
        - secretRef: null
  initContainers:
    - name: first
      env:
        - { name: PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }
`);
  expect(failingLines(control, pod)).toEqual([21, 10, 16]);
});
