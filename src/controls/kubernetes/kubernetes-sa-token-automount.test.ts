import { expect, test } from 'vitest';
import { failingLines, object, objects, remediesOf } from '../../../test/written.ts';
import { kubernetesSaTokenAutomount as control } from './kubernetes-sa-token-automount.ts';

const pod = (spec: string, namespace = 'shop') =>
  `{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: ${namespace}}, spec: {${spec}}}`;
const account = (name: string, value: string, namespace = 'shop') =>
  `{apiVersion: v1, kind: ServiceAccount, metadata: {name: ${name}, namespace: ${namespace}}, automountServiceAccountToken: ${value}}`;
const binding = (name: string, namespace = 'shop') =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b, namespace: ${namespace}}, roleRef: {kind: Role, name: r}, subjects: [{kind: ServiceAccount, name: ${name}}]}`;

const first = (...documents: string[]) => {
  const [found] = objects(documents.join('\n---\n'));
  if (!found) throw new Error('nothing was read');
  return found;
};

test.each([
  [pod('containers: []')],
  [pod('automountServiceAccountToken: true')],
  [pod('serviceAccountName: api')],
  [pod('automountServiceAccountToken: true'), account('default', 'false')],
  [pod('serviceAccountName: api'), account('other', 'false')],
  [pod('serviceAccountName: api'), account('api', 'false', 'elsewhere')],
  [pod('serviceAccountName: api'), account('api', 'true')],
  [pod('serviceAccountName: api'), binding('other')],
  [pod('serviceAccountName: api'), binding('api', 'elsewhere')],
])('%j fails', (...documents) => {
  expect(failingLines(control, first(...documents))).toHaveLength(1);
});

test.each([
  [pod('automountServiceAccountToken: false')],
  [pod('automountServiceAccountToken: false, serviceAccountName: api'), account('api', 'true')],
  [pod('containers: []'), account('default', 'false')],
  [pod('serviceAccount: api'), account('api', 'false')],
  [pod('serviceAccountName: api'), binding('api')],
  [pod('serviceAccountName: api, automountServiceAccountToken: true'), binding('api')],
])('%j passes', (...documents) => {
  expect(failingLines(control, first(...documents))).toEqual([]);
});

const deployment = (spec: string) =>
  object(`apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      ${spec}
      containers: []
`);

test('the line is that of the field, and the default account loses its token', () => {
  const written = deployment('automountServiceAccountToken: true');
  expect(failingLines(control, written)).toEqual([6]);
  expect(remediesOf(control, written)[0]).toMatchObject({
    fields: [{ path: ['spec', 'template', 'spec', 'automountServiceAccountToken'], value: false }],
  });
});

test('a person decides about an account that was made for the pod', () => {
  expect(remediesOf(control, deployment('serviceAccountName: api'))[0]).toMatchObject({ kind: 'manual' });
});
