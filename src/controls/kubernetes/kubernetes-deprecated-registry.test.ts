import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesDeprecatedRegistry as control } from './kubernetes-deprecated-registry.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: pause
      image: k8s.gcr.io/pause:3.9
    - name: old
      image: gcr.io/google_containers/pause-amd64:3.1
`);

test('each image fails at its own line; only what has moved by name is changed', () => {
  expect(failingLines(control, pod)).toEqual([6, 8]);
  expect(remediesOf(control, pod)).toMatchObject([
    { fields: [{ path: ['spec', 'containers', 0, 'image'], value: 'registry.k8s.io/pause:3.9' }] },
    { kind: 'manual' },
  ]);
});

test.each([
  ['gcr.io/google-containers/pause:3.2', 'fail'],
  ['us.gcr.io/k8s-artifacts-prod/pause:3.2', 'fail'],
  ['k8s.gcr.io/sig-storage/csi-provisioner:v3.0.0', 'fail'],
  ['registry.k8s.io/pause:3.9', 'pass'],
  ['gcr.io/distroless/static', 'pass'],
  ['mirror.example/k8s.gcr.io/pause:3.9', 'pass'],
])('%s: %s', (image, status) => {
  expect(statusIn(control, podOf(`{containers: [{name: a, image: "${image}"}]}`))).toBe(status);
});
