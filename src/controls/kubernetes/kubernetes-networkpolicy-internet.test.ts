import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesNetworkpolicyInternet as control } from './kubernetes-networkpolicy-internet.ts';

const policy = (spec: string) =>
  object(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  podSelector: {}\n  ${spec}`);

test.each([
  ['ingress: [{}]', [5]],
  ['ingress:\n    -', [6]],
  ['egress:\n    - ports: [{port: 53}]\n    - {}', [7]],
  ['ingress:\n    - from:\n        - ipBlock: {cidr: 10.0.0.0/8}\n        - ipBlock: {cidr: 0.0.0.0/0}', [8]],
  ['egress:\n    - to: [{ipBlock: {cidr: "::/0"}}]', [6]],
  ['egress:\n    - to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]', [6]],
])('{%s} fails', (spec, lines) => {
  expect(failingLines(control, policy(spec))).toEqual(lines);
});

test.each([
  'ingress: []',
  'ingress: [{ports: [{port: 80}]}]',
  'ingress: [{from: [{podSelector: {}}]}]',
  'ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}]',
  'egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]',
  'policyTypes: [Ingress]\n  egress: [{}]',
])('{%s} passes', (spec) => {
  expect(failingLines(control, policy(spec))).toEqual([]);
});
