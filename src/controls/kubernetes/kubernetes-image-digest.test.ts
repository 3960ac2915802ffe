import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesImageDigest as control } from './kubernetes-image-digest.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

test('each image without one fails at its own line, that of a volume too', () => {
  const deployment = object(`apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      initContainers:
        - name: first
          image: registry.example/first:1@${digest}
      containers:
        - name: web
          image: registry.example/web:1
        - { name: log, image: log }
      volumes:
        - name: tools
          image:
            reference: registry.example/tools:1
`);
  expect(failingLines(control, deployment)).toEqual([11, 12, 16]);
});

test.each([
  [`web@${digest}`, 'pass'],
  ['web@sha256:0a', 'unknown'],
  ['"${IMAGE}"', 'unknown'],
  ['""', 'pass'],
  ['web:1', 'fail'],
])('%s: %s', (image, status) => {
  expect(statusIn(control, podOf(`{containers: [{name: a, image: ${image}}]}`))).toBe(status);
});
