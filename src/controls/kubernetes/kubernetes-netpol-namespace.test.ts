import { expect, test } from 'vitest';
import { failingLines, judgeText, objects } from '../../../test/written.ts';
import { kubernetesNetpolNamespace as control } from './kubernetes-netpol-namespace.ts';

const pod = (namespace: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: ${namespace}}, spec: {containers: [{name: a, image: a}]}}`;
const policy = (metadata: string, type = 'networking.k8s.io/v1, kind: NetworkPolicy') =>
  `{apiVersion: ${type}, metadata: {name: p${metadata}}, spec: {podSelector: {}}}`;

function namespaceWith(name: string, ...others: string[]) {
  const [first] = objects([`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}`, ...others].join('\n---\n'));
  if (!first) throw new Error('a namespace was written');
  return first;
}

test('a namespace that is left out fails at its name', () => {
  expect(failingLines(control, namespaceWith('shop', pod('shop'), policy(', namespace: ops')))).toEqual([4]);
});

test.each([
  ['pass', policy(', namespace: shop')],
  ['pass', policy(', namespace: shop', 'cilium.io/v2, kind: CiliumNetworkPolicy')],
  ['unknown', policy('')],
  ['unknown', policy('', 'cilium.io/v2, kind: CiliumClusterwideNetworkPolicy')],
])('%s with %s', (status, written) => {
  expect(judgeText(control, namespaceWith('shop', pod('shop'), written))).toMatchObject([{ status }]);
});

test.each([
  ['shop', true, [pod('shop'), policy(', namespace: ops')]],
  ['shop', false, [pod('shop')]],
  ['shop', false, [policy(', namespace: ops')]],
  ['shop', false, [pod('ops'), policy(', namespace: ops')]],
  ['kube-system', false, [pod('kube-system'), policy(', namespace: ops')]],
])('%s is asked: %s', (name, asked, others) => {
  expect(control.appliesTo?.(namespaceWith(name, ...others))).toBe(asked);
});
