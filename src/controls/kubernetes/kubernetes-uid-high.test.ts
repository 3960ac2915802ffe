import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesUidHigh as control } from './kubernetes-uid-high.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

const pod = (user: string) =>
  object(`apiVersion: v1
kind: Pod
spec:
  securityContext:
    ${user}
  initContainers:
    - { name: first, image: web, securityContext: { runAsUser: 20000 } }
  containers:
    - name: web
      image: web
    - name: log
      image: log
      securityContext:
        runAsUser: 0
    - name: other
      image: other
`);

test('what the pod gives to several fails once, at its line; what a container sets or lacks, at its own', () => {
  expect(failingLines(control, pod('runAsUser: 1000'))).toEqual([5, 14]);
  expect(failingLines(control, pod('runAsUser: 10001'))).toEqual([14]);
  expect(failingLines(control, pod('runAsNonRoot: true'))).toEqual([9, 14, 15]);
});

const having = (context: string) => podOf(`{containers: [{name: a, image: a, securityContext: ${context}}]}`);

test.each([
  ['{runAsUser: 10001}', 'pass'],
  ['{runAsUser: 10000}', 'fail'],
  ['{runAsUser: null}', 'fail'],
  ['{runAsUser: "20000"}', 'fail'],
  ['null', 'fail'],
])('securityContext %s: %s', (context, status) => {
  expect(statusIn(control, having(context))).toBe(status);
});

test('the number is a parameter', () => {
  expect(statusIn(control, having('{runAsUser: 1000}'), undefined, { above: 999 })).toBe('pass');
});

test('a pod with a user namespace has numbers of its own', () => {
  expect(statusIn(control, podOf('{hostUsers: false, containers: [{name: a, image: a}]}'))).toBe('pass');
});

test('neither a patch nor a pod of Windows is asked', () => {
  expect(statusIn(control, podOf('{containers: [{name: a}]}'))).toBe('pass');
  expect(control.appliesTo?.(podOf('{os: {name: windows}, containers: []}'))).toBe(false);
  expect(control.appliesTo?.(podOf('{nodeSelector: {kubernetes.io/os: windows}, containers: []}'))).toBe(false);
  expect(control.appliesTo?.(podOf('{nodeSelector: {kubernetes.io/os: linux}, containers: []}'))).toBe(true);
});
