import { expect, test } from 'vitest';
import { isAskedOf } from '../../model/control.ts';
import { failingLines, objects } from '../../../test/written.ts';
import { kubernetesDefaultSaUsed as control } from './kubernetes-default-sa-used.ts';

const pod = (spec: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {${spec}}}`;
const binding = (subject: string, kind = 'ClusterRoleBinding') =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: {name: b}, subjects: [{kind: User, name: default}, {${subject}}]}`;

/** The lines at which the objects of several documents fail. */
function lines(...documents: string[]) {
  return objects(documents.join('\n---\n'))
    .filter((value) => isAskedOf(control as never, { kind: 'kubernetes-object', id: '', value }))
    .flatMap((each) => failingLines(control, each));
}

const bound = binding('kind: ServiceAccount, name: default, namespace: shop');

test.each([
  ['no account', [pod('containers: []'), bound], [1]],
  ['the default account by name', [pod('serviceAccountName: default'), bound], [1]],
  ['an empty name', [pod('serviceAccountName: ""'), bound], [1]],
  ['a binding alone', [bound], [1]],
  ['a pod with an account of its own', [pod('serviceAccountName: web'), bound], [3]],
  ['a RoleBinding of no namespace', [binding('kind: ServiceAccount, name: default', 'RoleBinding')], [1]],
  ['no binding', [pod('containers: []')], []],
  [
    'the default account of another namespace',
    [pod('containers: []'), binding('kind: ServiceAccount, name: default, namespace: other')],
    [3],
  ],
  ['another account', [pod('containers: []'), binding('kind: ServiceAccount, name: web, namespace: shop')], []],
] as const)('%s', (_words, documents, expected) => {
  expect(lines(...documents)).toEqual(expected);
});
