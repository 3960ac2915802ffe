import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPullPolicy as control } from './kubernetes-pull-policy.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      image: web
      imagePullPolicy: IfNotPresent
    - name: log
      image: log:latest
      imagePullPolicy: Never
    - name: edge
      image: edge:main
`);

test('each container fails at its policy, or where it would stand', () => {
  expect(failingLines(control, pod)).toEqual([7, 10, 11]);
});

test('only what is not to be pulled at all is left to a person', () => {
  expect(remediesOf(control, pod).map(({ kind }) => kind)).toEqual(['object', 'manual', 'object']);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: ['spec', 'containers', 0, 'imagePullPolicy'], value: 'Always' },
      { path: ['spec', 'containers', 2, 'imagePullPolicy'], value: 'Always' },
    ],
  });
});

test.each([
  ['image: web', 'pass'],
  ['image: "web:latest"', 'pass'],
  ['image: "web:latest", imagePullPolicy: Always', 'pass'],
  ['image: "web:latest", imagePullPolicy: IfNotPresent', 'fail'],
  ['image: "web:1.4.2", imagePullPolicy: IfNotPresent', 'pass'],
  ['image: "web:1.4.2", imagePullPolicy: Never', 'pass'],
  [`image: "web:latest@sha256:${'0a'.repeat(32)}", imagePullPolicy: IfNotPresent`, 'pass'],
  ['image: "web:nightly"', 'fail'],
  ['image: "${IMAGE}", imagePullPolicy: Never', 'pass'],
  ['image: web, imagePullPolicy: "{{ policy }}"', 'pass'],
  ['imagePullPolicy: IfNotPresent', 'pass'],
])('%s: %s', (fields, status) => {
  expect(statusIn(control, podOf(`{containers: [{name: a, ${fields}}]}`))).toBe(status);
});

test('the tags are a parameter', () => {
  const named = podOf('{containers: [{name: a, image: "web:v1"}]}');
  expect(statusIn(control, named, undefined, { movingTags: ['v1'] })).toBe('fail');
});
