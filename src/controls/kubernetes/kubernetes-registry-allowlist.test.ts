import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesRegistryAllowlist as control } from './kubernetes-registry-allowlist.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('each image from elsewhere fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1
    - name: log
      image: log
  volumes:
    - name: tools
      image:
        reference: other.example/tools:1
`);
  expect(failingLines(control, pod, { parameters: { registries: ['registry.example'] } })).toEqual([8, 12]);
});

test.each([
  ['registry.example/shop/web:1', ['registry.example'], 'pass'],
  ['registry.example/shop/web:1', ['registry.example/shop/'], 'pass'],
  ['registry.example/shop/web:1', ['registry.example/sho'], 'fail'],
  ['registry.example.other/web', ['registry.example'], 'fail'],
  ['nginx', ['docker.io/library'], 'pass'],
  ['nginx', ['registry.example'], 'fail'],
  ['eu.registry.example/web', ['*.registry.example'], 'pass'],
  ['evil.test/x.example/shop/web', ['*.example/shop'], 'fail'],
  ['evil.test/eu.registry.example', ['*.registry.example'], 'fail'],
  ['eu.example/shop/web', ['*.example/shop'], 'pass'],
  ['registry.example/a/b/web', ['registry.example/a/*'], 'pass'],
  ['"${IMAGE}"', ['registry.example'], 'unknown'],
  ['nginx', [], 'not-applicable'],
])('%s with %j: %s', (image, registries, status) => {
  const pod = podOf(`{containers: [{name: a, image: ${image}}]}`);
  expect(statusIn(control, pod, undefined, { registries })).toBe(status);
});
