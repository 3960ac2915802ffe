import { expect, test } from 'vitest';
import { kubernetesDefaultNamespace as control } from './kubernetes-default-namespace.ts';
import { image, linesOf, remediesFor, written } from './written-set.fixture.ts';

const inDefault = (document: string) => document.replace('namespace: shop', 'namespace: default');
const pod = written('v1', 'Pod', 'web', `spec: {${image}}`);
const service = (name: string, apiVersion = 'v1') =>
  written(apiVersion, 'Service', name, 'spec: {ports: [{port: 80}]}');

test.each([
  ['a pod', inDefault(pod), [1]],
  ['a Service', inDefault(service('web')), [1]],
  ['another namespace', pod, []],
  ['no namespace', pod.replace(', namespace: shop', ''), []],
  ['the Service of the API', inDefault(service('kubernetes')), []],
  ['what only configures', inDefault(written('v1', 'ConfigMap', 'web')), []],
  ['what protects the namespace', inDefault(written('networking.k8s.io/v1', 'NetworkPolicy', 'deny')), []],
])('%s', (_words, document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('a person chooses the namespace, and the line is that of the field', () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: default\n';
  expect(linesOf(control, [text])).toEqual([5]);
  expect(remediesFor(control, [text])).toMatchObject([{ kind: 'manual' }]);
});
