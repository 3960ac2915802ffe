import { expect, test } from 'vitest';
import { failingLines, judgeText, objects } from '../../../test/written.ts';
import { kubernetesNetpolPod as control } from './kubernetes-netpol-pod.ts';

const policy = (spec: string, namespace = ', namespace: shop') =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p${namespace}}, spec: {${spec}}}`;
const ofNobody = policy('podSelector: {matchLabels: {app: nobody}}');

function deployment(other: string, pod = '') {
  const [first] = objects(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata:
      labels: { app: web, tier: front }
    spec: { ${pod} containers: [{ name: web, image: web }] }
---
${other}`);
  if (!first) throw new Error('a deployment was written');
  return first;
}

test.each([
  [ofNobody, []],
  [policy('podSelector: {matchLabels: {app: web}}'), undefined],
  [policy('podSelector: {}'), undefined],
  [policy('podSelector: {}, policyTypes: [Egress]'), []],
  [`${ofNobody}\n---\n${policy('podSelector: {matchExpressions: [{key: tier, operator: Exists}]}')}`, undefined],
  [`${ofNobody}\n---\n${policy('podSelector: {}', '')}`, undefined],
  [`${ofNobody}\n---\n${policy('podSelector: {}', ', namespace: ops')}`, []],
])('%s', (written, fails) => {
  expect(failingLines(control, deployment(written))).toEqual(fails ? [7] : []);
});

test('egress counts where it is asked for', () => {
  const parameters = { egress: true };
  expect(failingLines(control, deployment(policy('podSelector: {}')), { parameters })).toEqual([7]);
  expect(failingLines(control, deployment(policy('podSelector: {}, egress: [{}]')), { parameters })).toEqual([]);
});

test('policies cannot hold back the network of the node, and those of plugins are not read', () => {
  expect(judgeText(control, deployment(ofNobody, 'hostNetwork: true,'))).toMatchObject([{ status: 'not-applicable' }]);
  const cilium = '{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: c, namespace: shop}}';
  expect(judgeText(control, deployment(`${ofNobody}\n---\n${cilium}`))).toMatchObject([{ status: 'unknown' }]);
});

test('only pods of namespaces with a policy are asked', () => {
  expect(control.appliesTo?.(deployment(ofNobody))).toBe(true);
  expect(control.appliesTo?.(deployment(policy('podSelector: {}', ', namespace: ops')))).toBe(false);
  expect(control.appliesTo?.(deployment(''))).toBe(false);
});
