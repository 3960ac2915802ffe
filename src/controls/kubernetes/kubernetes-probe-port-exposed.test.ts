import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesProbePortExposed as control } from './kubernetes-probe-port-exposed.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

const pod = (network: string) =>
  object(`apiVersion: v1
kind: Pod
spec:
  hostNetwork: ${network}
  initContainers:
    - name: proxy
      image: proxy
      restartPolicy: Always
      startupProbe:
        tcpSocket: { port: 15021 }
  containers:
    - name: web
      image: web
      ports:
        - { name: http, containerPort: 8080 }
      livenessProbe:
        httpGet:
          port: 8081
      readinessProbe:
        httpGet: { port: web }
      startupProbe:
        httpGet: { port: 8081 }
`);

test('each probe fails at its port', () => {
  expect(failingLines(control, pod('false'))).toEqual([10, 18, 20, 22]);
});

test('numbers are declared once each, names are left to a person, and so is all on the network of the node', () => {
  const fields = [
    { path: ['spec', 'initContainers', 0, 'ports'], value: [{ containerPort: 15021 }] },
    { path: ['spec', 'containers', 0, 'ports', 1], value: { containerPort: 8081 } },
  ];
  expect(remediesOf(control, pod('false'))).toMatchObject([{ fields }, { fields }, { kind: 'manual' }, { fields }]);
  expect(new Set(remediesOf(control, pod('true')).map(({ kind }) => kind))).toEqual(new Set(['manual']));
});

test.each([
  ['ports: [{containerPort: 80}], livenessProbe: {httpGet: {port: 80}}', 'pass'],
  ['ports: [{containerPort: 80}], livenessProbe: {httpGet: {port: "80"}}', 'pass'],
  ['ports: [{name: http, containerPort: 80}], livenessProbe: {tcpSocket: {port: http}}', 'pass'],
  ['ports: [{containerPort: 80, protocol: UDP}], livenessProbe: {tcpSocket: {port: 80}}', 'fail'],
  ['livenessProbe: {grpc: {port: 80}}', 'fail'],
  ['livenessProbe: {tcpSocket: {port: 80}}', 'fail'],
  ['livenessProbe: {httpGet: {port: 80, host: shop.example}}', 'pass'],
  ['livenessProbe: {exec: {command: [alive]}}', 'pass'],
  ['livenessProbe: {httpGet: {port: "${PORT}"}}', 'pass'],
  ['livenessProbe: {httpGet: {}}', 'pass'],
])('%s: %s', (fields, status) => {
  expect(statusIn(control, podOf(`{containers: [{name: a, image: a, ${fields}}]}`))).toBe(status);
});

const beside = (port: string) =>
  podOf(
    `{containers: [{name: a, image: a, livenessProbe: {tcpSocket: {port: ${port}}}}, {name: b, image: b, ports: [{name: http, containerPort: 80}]}]}`,
  );

test('a number may be declared by another container of the pod, a name may not', () => {
  expect(statusIn(control, beside('80'))).toBe('pass');
  expect(statusIn(control, beside('http'))).toBe('fail');
});
