import { expect, test } from 'vitest';
import { kubernetesDefaultSaUsed as control } from './kubernetes-default-sa-used.ts';
import { image, linesOf, remediesFor, written } from './written-set.fixture.ts';

const pod = (spec = '') => written('v1', 'Pod', 'web', `spec: {${spec}${spec && ', '}${image}}`);
const binding = (subject: string, kind = 'ClusterRoleBinding') =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: {name: b}, subjects: [{kind: User, name: default}, {${subject}}]}`;
const bound = binding('kind: ServiceAccount, name: default, namespace: shop');

test.each([
  ['no account', [pod(), bound], [1]],
  ['the default account by name', [pod('serviceAccountName: default'), bound], [1]],
  ['an empty name', [pod('serviceAccountName: ""'), bound], [1]],
  ['a binding alone', [bound], [1]],
  ['a pod with an account of its own', [pod('serviceAccountName: web'), bound], [3]],
  ['a pod laid over another one', [pod().replace('image:', 'imagePullPolicy:'), bound], [3]],
  ['a RoleBinding of no namespace', [binding('kind: ServiceAccount, name: default', 'RoleBinding')], [1]],
  ['no binding', [pod()], []],
  ['another namespace', [pod(), binding('kind: ServiceAccount, name: default, namespace: other')], [3]],
  ['another account', [pod(), binding('kind: ServiceAccount, name: web, namespace: shop')], []],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

test('a person makes the account', () => {
  expect(remediesFor(control, [pod(), bound])).toMatchObject([{ kind: 'manual' }]);
});
