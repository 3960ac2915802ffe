import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesSaTokenAutomount as control } from './kubernetes-sa-token-automount.ts';
import { severityOf } from './rbac.fixture.ts';
import { image, linesOf, written } from './written-set.fixture.ts';

const pod = (spec: string) => written('v1', 'Pod', 'web', `spec: {${spec}${spec && ', '}${image}}`);
const account = (name: string, value: string) =>
  written('v1', 'ServiceAccount', name, `automountServiceAccountToken: ${value}`);
const binding = (name: string) =>
  written('rbac.authorization.k8s.io/v1', 'RoleBinding', 'b', `subjects: [{kind: ServiceAccount, name: ${name}}]`);
const elsewhere = (document: string) => document.replace('namespace: shop', 'namespace: elsewhere');

test.each([
  [[pod('')]],
  [[pod('automountServiceAccountToken: true')]],
  [[pod('serviceAccountName: api')]],
  [[pod('automountServiceAccountToken: true'), account('default', 'false')]],
  [[pod('serviceAccountName: api'), account('other', 'false')]],
  [[pod('serviceAccountName: api'), elsewhere(account('api', 'false'))]],
  [[pod('serviceAccountName: api'), account('api', 'true')]],
  [[pod('serviceAccountName: api'), binding('other')]],
  [[pod('serviceAccountName: api'), elsewhere(binding('api'))]],
])('%j fails', (documents) => {
  expect(linesOf(control, documents)).toEqual([1]);
});

test.each([
  [[pod('automountServiceAccountToken: false')]],
  [[pod('automountServiceAccountToken: false, serviceAccountName: api'), account('api', 'true')]],
  [[pod(''), account('default', 'false')]],
  [[pod('serviceAccount: api'), account('api', 'false')]],
  [[pod('serviceAccountName: api'), binding('api')]],
  [[pod('serviceAccountName: api, automountServiceAccountToken: true'), binding('api')]],
  [[pod('').replace('image:', 'imagePullPolicy:')]],
])('%j does not', (documents) => {
  expect(linesOf(control, documents)).toEqual([]);
});

const deployment = (spec: string) =>
  object(`apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      ${spec}
      ${image}
`);

test('the line is that of the field, and the default account loses its token', () => {
  const subject = deployment('automountServiceAccountToken: true');
  expect(failingLines(control, subject)).toEqual([6]);
  expect(remediesOf(control, subject)[0]).toMatchObject({
    fields: [{ path: ['spec', 'template', 'spec', 'automountServiceAccountToken'], value: false }],
  });
});

test('a person decides about an account that was made for the pod', () => {
  expect(remediesOf(control, deployment('serviceAccountName: api'))[0]).toMatchObject({ kind: 'manual' });
});

test('an account of its own may be bound elsewhere, unless a whole cluster was read', () => {
  const named = deployment('serviceAccountName: api');
  expect(severityOf(control, deployment('automountServiceAccountToken: true'))).toBe('medium');
  expect(severityOf(control, named)).toBe('low');
  expect(severityOf(control, { ...named, set: { ...named.set, complete: true } })).toBe('medium');
});
