import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesMetadataApi as control } from './kubernetes-metadata-api.ts';

const policy = (rule: string) =>
  object(
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  policyTypes: [Egress]\n  egress:\n    - ${rule}`,
  );

test.each([
  ['{}', 'manual'],
  ['{ports: [{port: 80}]}', 'manual'],
  ['{ports: [{port: 1, endPort: 1024}]}', 'manual'],
  ['{ports: [{protocol: TCP}]}', 'manual'],
  ['{to: [{ipBlock: {cidr: 169.254.169.254/32}}]}', 'manual'],
  ['{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}', 'object'],
  ['{to: [{ipBlock: {cidr: 169.254.0.0/16, except: [10.0.0.0/8]}}]}', 'object'],
])('%s fails, and is mended by %s', (rule, kind) => {
  expect(failingLines(control, policy(rule))).toEqual([6]);
  expect(remediesOf(control, policy(rule))[0]?.kind).toBe(kind);
});

test.each([
  '{ports: [{port: 443}, {port: 53, protocol: UDP}]}',
  '{ports: [{port: 80, protocol: UDP}]}',
  '{ports: [{port: https}]}',
  '{to: [{podSelector: {}}]}',
  '{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}',
  '{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}}]}',
])('%s passes', (rule) => {
  expect(failingLines(control, policy(rule))).toEqual([]);
});

test('the exception is added to those that are there', () => {
  const [remedy] = remediesOf(control, policy('{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}'));
  const path = ['spec', 'egress', 0, 'to', 0, 'ipBlock', 'except', 1];
  expect(remedy).toMatchObject({ fields: [{ path, value: '169.254.169.254/32' }] });
});

test('policies of ingress alone are not asked', () => {
  expect(control.appliesTo?.(policy('{}'))).toBe(true);
  expect(control.appliesTo?.(object('{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: {}}'))).toBe(false);
});
