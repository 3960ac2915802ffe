import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesIngressNginxSnippets as control } from './kubernetes-ingress-nginx-snippets.ts';

test.each([
  ['nginx.ingress.kubernetes.io/configuration-snippet: a', [5]],
  ['nginx.ingress.kubernetes.io/server-snippet: a\n    nginx.ingress.kubernetes.io/auth-snippet: b', [5, 6]],
  ['nginx.org/location-snippets: a', [5]],
  ['nginx.ingress.kubernetes.io/configuration-snippet: ""', []],
  ['nginx.ingress.kubernetes.io/rewrite-target: /', []],
  ['shop.example/html-snippet: a', []],
])('{%s}', (annotations, lines) => {
  const text = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  annotations:\n    ${annotations}`;
  expect(failingLines(control, object(text))).toEqual(lines);
});

test('a controller that takes them fails', () => {
  const settings = object('apiVersion: v1\nkind: ConfigMap\ndata:\n  allow-snippet-annotations: "true"');
  expect(failingLines(control, settings)).toEqual([4]);
  const others = object('{apiVersion: v1, kind: ConfigMap, data: {allow-snippet-annotations: "false"}}');
  expect(control.appliesTo?.(others)).toBe(false);
});
