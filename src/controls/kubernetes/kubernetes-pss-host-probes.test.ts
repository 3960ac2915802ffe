import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssHostProbes as control } from './kubernetes-pss-host-probes.ts';
import { inEachList, podOf, statusesOf, until } from './pod-security.fixture.ts';

test('each host fails at its own line, and is taken away', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      livenessProbe:
        httpGet:
          path: /
          host: 127.0.0.1
      lifecycle:
        preStop: { tcpSocket: { host: shop.example, port: 80 } }
      readinessProbe:
        httpGet: { port: 80 }
`);
  const web = ['spec', 'containers', 0];
  expect(failingLines(control, pod)).toEqual([9, 11]);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: [...web, 'livenessProbe', 'httpGet', 'host'] },
      { path: [...web, 'lifecycle', 'preStop', 'tcpSocket', 'host'] },
    ],
  });
});

const handlers = [
  'livenessProbe: {HANDLER}',
  'readinessProbe: {HANDLER}',
  'startupProbe: {HANDLER}',
  'lifecycle: {postStart: {HANDLER}}',
  'lifecycle: {preStop: {HANDLER}}',
];
const probing = (handler: string) => handlers.map((each) => `{name: a, ${each.replace('HANDLER', handler)}}`);

test.each([
  ...probing('httpGet: {host: shop.example, port: 80}').flatMap(inEachList),
  ...probing('tcpSocket: {host: "::1", port: 80}').flatMap(inEachList),
])('%s fails from 1.34 on', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(until(34, 'not-applicable', 'fail'));
});

test.each([
  ...probing('httpGet: {host: "", port: 80}'),
  ...probing('tcpSocket: {host: null, port: 80}'),
  ...probing('exec: {command: [host]}'),
  '{name: a, livenessProbe: {grpc: {port: 80, service: host}}}',
  '{name: a, livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: Host, value: shop.example}]}}}',
  '{name: a, lifecycle: null}',
])('%s passes from 1.34 on', (container) => {
  expect(statusesOf(control, podOf(`{containers: [${container}]}`))).toEqual(until(34, 'not-applicable', 'pass'));
});
