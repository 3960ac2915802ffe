import { expect, test } from 'vitest';
import { failingLines, objects } from '../../../test/written.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { kubernetesEnvRefExists as control } from './kubernetes-env-ref-exists.ts';
import { statusIn } from './pod-security.fixture.ts';

/** A pod in the namespace `shop` whose container has these fields, read together with others. */
function podBeside(fields: string, ...others: string[]): KubernetesObject {
  const pod = `{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: web, ${fields}}]}}`;
  const [first] = objects([pod, ...others].join('\n---\n'));
  if (!first) throw new Error('no pod');
  return first;
}

const map = (name: string, rest = 'data: {mode: fast}', namespace = 'shop') =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: ${namespace}}, ${rest}}`;
const taking = (from: string) => `env: [{name: MODE, valueFrom: {${from}}}]`;
const mode = taking('configMapKeyRef: {name: web, key: mode}');

test('a key that is missing fails at its line, an object that is missing at its name', () => {
  const [, pod] = objects(`apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { mode: fast }
---
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      env:
        - name: MODE
          valueFrom:
            configMapKeyRef:
              name: web
              key: modus
        - name: SPEED
          valueFrom:
            configMapKeyRef:
              name: other
              key: mode
      envFrom:
        - configMapRef:
            name: third
        - configMapRef:
            name: web
`);
  expect(pod && failingLines(control, pod)).toEqual([16, 20, 24]);
});

test.each([
  ['the key is there', mode, [map('web')], 'pass'],
  ['the key is not there', mode, [map('web', 'data: {other: a}')], 'fail'],
  ['the key is in binary data', mode, [map('web', 'binaryData: {mode: YQ==}')], 'pass'],
  ['somebody else fills the object', mode, [map('web', 'data: {}')], 'pass'],
  ['two of the name, one of which has the key', mode, [map('web', 'data: {a: b}'), map('web')], 'pass'],
  ['another object of the namespace is there', mode, [map('other')], 'fail'],
  ['only another namespace was read', mode, [map('web', 'data: {mode: a}', 'other')], 'not-applicable'],
  ['it is optional', taking('configMapKeyRef: {name: web, key: mode, optional: true}'), [map('other')], 'pass'],
  ['the cluster makes it', 'envFrom: [{configMapRef: {name: kube-root-ca.crt}}]', [map('other')], 'not-applicable'],
  [
    'Kustomize may make it',
    mode,
    [map('other'), '{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}'],
    'not-applicable',
  ],
  ['an operator may make it', mode, [map('other'), '{apiVersion: shop.example/v1, kind: Store}'], 'not-applicable'],
  ['an Ingress makes none', mode, [map('other'), '{apiVersion: networking.k8s.io/v1, kind: Ingress}'], 'fail'],
])('%s', (_, fields, others, status) => {
  expect(statusIn(control, podBeside(fields, ...others))).toBe(status);
});

const secret = (part: string) =>
  `{apiVersion: v1, kind: Secret, metadata: {name: db, namespace: shop}, ${part}: {password: a}}`;

test('a Secret may be written as text', () => {
  const fields = taking('secretKeyRef: {name: db, key: password}');
  expect(statusIn(control, podBeside(fields, secret('stringData')))).toBe('pass');
  expect(statusIn(control, podBeside(fields, secret('data')))).toBe('pass');
  expect(statusIn(control, podBeside(fields.replace('password', 'user'), secret('data')))).toBe('fail');
});

test('in a whole cluster what was not read is not there', () => {
  const pod = podBeside(mode);
  const complete = { ...pod, set: { ...pod.set, complete: true } };
  expect(statusIn(control, complete)).toBe('fail');
  expect(control.appliesTo?.(complete)).toBe(true);
});

test('without an object of the kind nothing is asked', () => {
  expect(control.appliesTo?.(podBeside(mode))).toBe(false);
  expect(control.appliesTo?.(podBeside(mode, map('other')))).toBe(true);
  expect(control.appliesTo?.(podBeside('env: []', map('other')))).toBe(false);
  expect(control.appliesTo?.(podBeside(taking('secretKeyRef: {name: db, key: a}'), map('other')))).toBe(false);
});

const role = (rule: string) =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: web, namespace: shop}, rules: [{apiGroups: [""], ${rule}}]}`;

test('whoever may create Secrets may make one that was not read, but no ConfigMap', () => {
  const fields = taking('secretKeyRef: {name: generated, key: password}');
  const creating = role('resources: [secrets], verbs: [get, create]');
  expect(statusIn(control, podBeside(fields, secret('data')))).toBe('fail');
  expect(statusIn(control, podBeside(fields, secret('data'), role('resources: [secrets], verbs: [get]')))).toBe('fail');
  expect(statusIn(control, podBeside(fields, secret('data'), creating))).toBe('not-applicable');
  expect(statusIn(control, podBeside(mode, map('other'), creating))).toBe('fail');
});
