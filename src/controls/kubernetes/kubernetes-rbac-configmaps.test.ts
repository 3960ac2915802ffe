import { expect, test } from 'vitest';
import { failingLines, objects } from '../../../test/written.ts';
import { kubernetesRbacConfigmaps as control } from './kubernetes-rbac-configmaps.ts';

const binding = (kind: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: web, namespace: shop }
roleRef: { kind: ClusterRole, name: web }
`;

test.each([
  ['Role', 'kube-system', 'verbs: [update]', 'none', [5]],
  ['Role', 'kube-system', 'verbs: ["*"]', 'none', [5]],
  ['Role', 'kube-system', 'verbs: [get, create]', 'none', []],
  ['Role', 'kube-system', 'verbs: [update], resourceNames: [web-lock]', 'none', []],
  ['Role', 'kube-system', 'verbs: [update], resourceNames: [coredns]', 'none', [5]],
  ['ClusterRole', 'x', 'verbs: [update]', 'none', []],
  ['ClusterRole', 'x', 'verbs: [update]', 'RoleBinding', []],
  ['ClusterRole', 'x', 'verbs: [update]', 'ClusterRoleBinding', [5]],
  ['ClusterRole', 'x', 'verbs: [patch], resourceNames: [aws-auth]', 'none', [5]],
])('a %s in %s with {%s} and a %s', (kind, namespace, rest, bound, lines) => {
  const [role] = objects(`apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: web, namespace: ${namespace} }
rules:
  - { apiGroups: [""], resources: [configmaps], ${rest} }
---
${bound === 'none' ? '' : binding(bound)}`);
  if (!role) throw new Error('a role was written');
  expect(failingLines(control, role)).toEqual(lines);
});

const ask = (namespace: string) =>
  objects(`{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a, namespace: ${namespace}}}`).map(
    (each) => control.appliesTo?.(each),
  );

test('Roles of other namespaces are not asked', () => {
  expect([ask('shop'), ask('kube-system')]).toEqual([[false], [true]]);
});
