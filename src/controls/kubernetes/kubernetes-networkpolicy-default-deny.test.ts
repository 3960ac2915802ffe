import { expect, test } from 'vitest';
import { failingLines, judgeText, objects } from '../../../test/written.ts';
import { kubernetesNetworkpolicyDefaultDeny as control } from './kubernetes-networkpolicy-default-deny.ts';

const policy = (spec: string, namespace = 'shop') =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: ${namespace}}, spec: {${spec}}}`;

function namespaceWith(...others: string[]) {
  const [first] = objects(['apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }', ...others].join('\n---\n'));
  if (!first) throw new Error('a namespace was written');
  return first;
}

test.each([
  [['podSelector: {}, policyTypes: [Ingress, Egress]'], []],
  [['podSelector: {}, policyTypes: [Ingress]', 'podSelector: {}, policyTypes: [Egress]'], []],
  [['podSelector: {}'], ['Egress']],
  [['podSelector: {}, egress: []'], ['Egress']],
  [['podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53}]}]'], ['Ingress', 'Egress']],
  [['podSelector: {matchLabels: {a: b}}, policyTypes: [Ingress, Egress]'], ['Ingress', 'Egress']],
])('%j lacks %j', (specs, missing) => {
  const subject = namespaceWith(...specs.map((spec) => policy(spec)));
  expect(failingLines(control, subject)).toEqual(missing.length > 0 ? [3] : []);
  const said = judgeText(control, subject).flatMap(({ evidence }) => evidence.map(({ value }) => value));
  expect(said).toEqual(missing.length > 0 ? [missing] : []);
});

test('it is asked where a policy of the namespace was read, and unknown beside those of plugins', () => {
  expect(control.appliesTo?.(namespaceWith(policy('podSelector: {}')))).toBe(true);
  expect(control.appliesTo?.(namespaceWith(policy('podSelector: {}', 'ops')))).toBe(false);
  const global = '{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: g}}';
  expect(judgeText(control, namespaceWith(policy('podSelector: {}'), global))).toMatchObject([{ status: 'unknown' }]);
});
