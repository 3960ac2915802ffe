import { expect, test } from 'vitest';
import { failingLines, objects } from '../../../test/written.ts';
import { kubernetesIngressTls as control } from './kubernetes-ingress-tls.ts';

function ingress(spec: string, annotations = '{}', other = '') {
  const [first] = objects(
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {annotations: ${annotations}}\nspec:\n  ${spec}\n---\n${other}`,
  );
  if (!first) throw new Error('an ingress was written');
  return first;
}

const rules = 'rules:\n    - host: shop.example\n    - host: api.shop.example';

test.each([
  [rules, [4]],
  ['defaultBackend: {service: {name: web}}', [4]],
  ['rules: [{http: {}}]', [4]],
  [`tls: []\n  ${rules}`, [4]],
  [`tls: [{hosts: [shop.example]}]\n  ${rules}`, [8]],
  [`tls: [{hosts: ["*.shop.example"]}]\n  ${rules}`, [7]],
  [`tls: [{hosts: ["*.example"]}]\n  ${rules}`, [8]],
])('{%s} fails at %j', (spec, lines) => {
  expect(failingLines(control, ingress(spec))).toEqual(lines);
});

test.each([
  [`tls: [{hosts: [shop.example, API.shop.example]}]\n  ${rules}`, '{}'],
  [`tls: [{secretName: all}]\n  ${rules}`, '{}'],
  [`tls: [{hosts: ["*.shop.example"]}]\n  rules: [{host: "*.shop.example"}]`, '{}'],
  ['tls: [{hosts: [shop.example]}]\n  rules: [{http: {}}]', '{}'],
  [rules, '{alb.ingress.kubernetes.io/certificate-arn: "arn:a"}'],
  [rules, '{traefik.ingress.kubernetes.io/router.tls: "true"}'],
  [rules, '{nginx.ingress.kubernetes.io/permanent-redirect: "https://shop.example"}'],
])('{%s} with %s passes', (spec, annotations) => {
  expect(failingLines(control, ingress(spec, annotations))).toEqual([]);
});

const other = (hosts: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: Ingress, spec: {tls: [{hosts: [${hosts}]}]}}`;

test('TLS that another Ingress has for the host counts', () => {
  expect(failingLines(control, ingress(rules, '{}', other('shop.example, api.shop.example')))).toEqual([]);
  expect(failingLines(control, ingress(rules, '{}', other('shop.example')))).toEqual([4]);
});
