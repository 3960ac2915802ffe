import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesSshPort as control } from './kubernetes-ssh-port.ts';

const service = (spec: string) => object(`{apiVersion: v1, kind: Service, metadata: {name: a}, spec: ${spec}}`);

test('each port fails at its own line', () => {
  const several = object(`apiVersion: v1
kind: Service
spec:
  ports:
    - port: 22
    - port: 80
      targetPort: 8080
    - port: 2222
      targetPort: 22
    - port: 22
      protocol: UDP
`);
  expect(failingLines(control, several)).toEqual([5, 9]);
});

test.each([
  ['{ports: [{port: 22, targetPort: 2222}]}', 1],
  ['{ports: [{port: 2222, targetPort: ssh}]}', 0],
  ['{ports: [{port: 22, targetPort: 22}]}', 1],
  ['{ports: null}', 0],
])('%s fails %i times', (spec, times) => {
  expect(failingLines(control, service(spec))).toHaveLength(times);
});

test('only a Service that leads to pods is asked', () => {
  expect(control.appliesTo?.(service('{ports: [{port: 22}]}'))).toBe(true);
  expect(control.appliesTo?.(service('{type: ExternalName, ports: [{port: 22}]}'))).toBe(false);
  expect(control.appliesTo?.(object('{apiVersion: serving.knative.dev/v1, kind: Service}'))).toBe(false);
});
