import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesLiveness as control } from './kubernetes-liveness.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('each container of the pod itself fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - { name: first, image: first }
    - { name: proxy, image: proxy, restartPolicy: Always }
  containers:
    - name: web
      image: web
    - name: log
      image: log
      livenessProbe:
        exec: { command: [alive] }
    - name: empty
      image: empty
      livenessProbe: { periodSeconds: 5 }
  ephemeralContainers:
    - { name: debug, image: debug }
`);
  expect(failingLines(control, pod)).toEqual([8, 16]);
});

test.each(['exec: {command: [a]}', 'grpc: {port: 1}', 'httpGet: {port: 1}', 'tcpSocket: {port: 1}'])(
  'a probe by %s is one',
  (question) => {
    const spec = `{containers: [{name: a, image: a, livenessProbe: {${question}}}]}`;
    expect(statusIn(control, podOf(spec))).toBe('pass');
  },
);

const pod = '{spec: {containers: [{name: a, image: a}]}}';

test.each([
  ['apps/v1', 'Deployment', `spec: {template: ${pod}}`, true],
  ['apps/v1', 'StatefulSet', `spec: {template: ${pod}}`, true],
  ['apps/v1', 'DaemonSet', `spec: {template: ${pod}}`, true],
  ['argoproj.io/v1alpha1', 'Rollout', `spec: {template: ${pod}}`, true],
  ['v1', 'Pod', 'spec: {containers: []}', true],
  ['v1', 'Pod', 'spec: {restartPolicy: Never, containers: []}', false],
  ['v1', 'Pod', 'spec: {restartPolicy: OnFailure, containers: []}', false],
  ['batch/v1', 'Job', `spec: {template: ${pod}}`, false],
  ['batch/v1', 'CronJob', `spec: {jobTemplate: {spec: {template: ${pod}}}}`, false],
  ['serving.knative.dev/v1', 'Service', `spec: {template: ${pod}}`, false],
  ['v1', 'ConfigMap', 'data: {}', false],
])('a %s %s of {%s} is asked: %j', (apiVersion, kind, rest, expected) => {
  expect(control.appliesTo?.(object(`{apiVersion: ${apiVersion}, kind: ${kind}, ${rest}}`))).toBe(expected);
});
