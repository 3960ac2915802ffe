import { expect, test } from 'vitest';
import { object, objects } from '../../../test/written.ts';
import { deniesAll, governs, isNetworkPolicy, maySelect, otherPoliciesIn, policyRulesOf } from './network-policy.ts';

const policy = (spec: string, namespace = 'shop') =>
  object(
    `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: ${namespace}}, spec: {${spec}}}`,
  );

test.each([
  ['podSelector: {}', true, false],
  ['egress: []', true, false],
  ['egress: [{}]', true, true],
  ['policyTypes: []', true, false],
  ['policyTypes: [Egress]', false, true],
  ['policyTypes: [Ingress], egress: [{}]', true, false],
  ['policyTypes: [Ingress, Egress]', true, true],
])('{%s} governs ingress: %s, egress: %s', (spec, ingress, egress) => {
  expect([governs(policy(spec), 'Ingress'), governs(policy(spec), 'Egress')]).toEqual([ingress, egress]);
});

test.each([
  ['podSelector: {}', true, false],
  ['podSelector: {}, policyTypes: [Ingress, Egress]', true, true],
  ['podSelector: {}, policyTypes: [Ingress, Egress], ingress: [], egress: null', true, true],
  ['podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}]', false, true],
  ['podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]', false, false],
  ['podSelector: {}, egress: []', true, false],
])('{%s} denies all ingress: %s, egress: %s', (spec, ingress, egress) => {
  expect([deniesAll(policy(spec), 'Ingress'), deniesAll(policy(spec), 'Egress')]).toEqual([ingress, egress]);
});

test('rules of a direction that is not governed have no effect', () => {
  expect(policyRulesOf(policy('policyTypes: [Egress], ingress: [{}], egress: [null, {to: []}]'))).toMatchObject([
    { direction: 'Egress', path: ['spec', 'egress', 0], value: {} },
    { direction: 'Egress', path: ['spec', 'egress', 1], peersKey: 'to' },
  ]);
});

test.each([
  ['podSelector: {}', 'shop', true],
  ['podSelector: {}', 'ops', false],
  ['podSelector: {}', '""', true],
  ['podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}', 'shop', true],
  ['podSelector: {matchLabels: {app: api}}', 'shop', false],
])('{%s} in %s may select the pod: %s', (spec, namespace, selects) => {
  const pod = object('{apiVersion: v1, kind: Pod, metadata: {namespace: shop, labels: {app: web}}, spec: {}}');
  const { namespace: _namespace, ...open } = policy(spec);
  expect(maySelect(namespace === '""' ? open : policy(spec, namespace), pod)).toBe(selects);
});

test('policies of plugins are others', () => {
  const [first] = objects(`{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: a}}
---
{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: b}}
---
{apiVersion: extensions/v1beta1, kind: NetworkPolicy, metadata: {name: c}}`);
  if (!first) throw new Error('a policy was written');
  expect(isNetworkPolicy(first)).toBe(false);
  expect(otherPoliciesIn(first.set).map(({ name }) => name)).toEqual(['a', 'b']);
});
