import { expect, test } from 'vitest';
import { failingLines, object, objects, remediesOf } from '../../../test/written.ts';
import { kubernetesMemoryRequest as control } from './kubernetes-memory-request.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - { name: first, image: first }
    - name: proxy
      image: proxy
      restartPolicy: Always
  containers:
    - name: web
      image: web
      resources:
        requests: { memory: 100 }
    - name: log
      image: log
      resources:
        requests: { ephemeral-storage: 1Gi }
  ephemeralContainers:
    - { name: debug, image: debug }
`);

test('sidecars and ordinary containers fail at their own lines', () => {
  expect(failingLines(control, pod)).toEqual([6, 17]);
});

const resources = (list: string, index: number) => ['spec', list, index, 'resources', 'requests', 'memory'];

test('each gets the amount that is suggested', () => {
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: resources('initContainers', 1), value: '128Mi' },
      { path: resources('containers', 1), value: '128Mi' },
    ],
  });
});

test.each([
  ['{containers: [{name: a, image: a, resources: {requests: {memory: 128Mi}}}]}', 'pass'],
  ['{containers: [{name: a, image: a, resources: {limits: {memory: 1}}}]}', 'pass'],
  ['{resources: {requests: {memory: 1}}, containers: [{name: a, image: a}]}', 'pass'],
  ['{resources: {limits: {memory: 1}}, containers: [{name: a, image: a}]}', 'pass'],
  ['{containers: [{name: a, image: a, resources: {requests: {memory: 0}}}]}', 'fail'],
  ['{containers: [{name: a, image: a, resources: {requests: {memory: "0"}}}]}', 'fail'],
  ['{containers: [{name: a, image: a, resources: {requests: {memory: null}}}]}', 'fail'],
  ['{containers: [{name: a, image: a}]}', 'fail'],
  ['{containers: [{name: a}]}', 'pass'],
])('%s: %s', (spec, status) => {
  expect(statusIn(control, podOf(spec))).toBe(status);
});

test.each([
  ['{}', '{type: Container, defaultRequest: {memory: 1}}', 'pass'],
  ['{}', '{type: Container, max: {memory: 1}}', 'pass'],
  ['{}', '{type: Pod, max: {memory: 1}}', 'fail'],
  ['{}', '{type: Container, default: {other: 1}}', 'fail'],
  ['{namespace: shop}', '{type: Container, default: {memory: 1}}', 'pass'],
  ['{namespace: other}', '{type: Container, default: {memory: 1}}', 'fail'],
])('a LimitRange of %s with %s: %s', (metadata, limit, status) => {
  const [web] = objects(`apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: LimitRange
metadata: ${metadata}
spec: {limits: [${limit}]}
`);
  expect(web && statusIn(control, web)).toBe(status);
});
