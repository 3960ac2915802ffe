import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesReadiness as control } from './kubernetes-readiness.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('what is missing fails at the container, a liveness probe of the same kind at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - { name: first, image: first }
  containers:
    - name: web
      image: web
      ports: [{ containerPort: 80 }]
      livenessProbe: { httpGet: { port: 80 } }
    - { name: worker, image: worker }
    - name: log
      image: log
      readinessProbe:
        httpGet: { path: /, port: 80 }
      livenessProbe:
        httpGet: { port: 80, scheme: HTTP }
`);
  expect(failingLines(control, pod)).toEqual([7, 16]);
});

const probed = (ready: string, alive: string) =>
  podOf(`{containers: [{name: a, image: a, readinessProbe: ${ready}, livenessProbe: ${alive}}]}`);

test.each([
  ['{tcpSocket: {port: 1}}', 'null', 'pass'],
  ['{tcpSocket: {port: 1}}', '{tcpSocket: {port: 1}}', 'fail'],
  ['{tcpSocket: {port: 1}}', '{tcpSocket: {port: 2}}', 'pass'],
  ['{tcpSocket: {port: 1}}', '{httpGet: {port: 1}}', 'pass'],
  ['{httpGet: {port: 1, path: /ready}}', '{httpGet: {port: 1}}', 'pass'],
  ['{httpGet: {port: 1, path: /ready}}', '{httpGet: {port: 1, path: /ready}}', 'fail'],
  ['{exec: {command: [a]}}', '{exec: {command: [a]}}', 'fail'],
  ['{exec: {command: [a]}}', '{exec: {command: [a, b]}}', 'pass'],
  ['{grpc: {port: 1}}', '{grpc: {port: 1}}', 'fail'],
  ['{grpc: {port: 1}}', '{grpc: {port: 1, service: alive}}', 'pass'],
  ['{tcpSocket: {port: 1}}', '{tcpSocket: {port: 1}, failureThreshold: 4}', 'pass'],
  ['{tcpSocket: {port: 1}, periodSeconds: 5}', '{tcpSocket: {port: 1}}', 'pass'],
  ['{tcpSocket: {port: 1}}', '{tcpSocket: {port: 1}, initialDelaySeconds: 30}', 'fail'],
  ['{tcpSocket: {port: 1}, failureThreshold: 5}', '{tcpSocket: {port: 1}, periodSeconds: 11}', 'fail'],
])('ready by %s and alive by %s: %s', (ready, alive, status) => {
  expect(statusIn(control, probed(ready, alive))).toBe(status);
});

test('a pod that ends by itself is not asked', () => {
  expect(control.appliesTo?.(podOf('{restartPolicy: Never, containers: []}'))).toBe(false);
  expect(control.appliesTo?.(podOf('{containers: []}'))).toBe(true);
});
