import { expect, test } from 'vitest';
import { failingLines, judgeText, object, objects } from '../../../test/written.ts';
import { kubernetesRbacSecrets as control } from './kubernetes-rbac-secrets.ts';
import { roleWith, severityOf } from './rbac.fixture.ts';

const rbac = 'apiVersion: rbac.authorization.k8s.io/v1';

test('what allows everything is a matter of wildcards, and one explicit rule beside it is not', () => {
  expect(judgeText(control, roleWith('"*"', '"*"', '"*"'))).toMatchObject([{ status: 'not-applicable' }]);
  expect(judgeText(control, roleWith('apps', '"*"', '"*"'))).toMatchObject([{ status: 'pass' }]);
  const both = object(`${rbac}
kind: Role
metadata: { name: web }
rules:
  - { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }
  - { apiGroups: [""], resources: [secrets], verbs: [get] }
`);
  expect(failingLines(control, both)).toEqual([6]);
});

test('a role that is allowed passes', () => {
  const role = roleWith('""', 'secrets', 'get');
  expect(judgeText(control, role, { parameters: { allowed: ['shop-*'] } })).toMatchObject([{ status: 'pass' }]);
  expect(failingLines(control, role, { parameters: { allowed: ['shop'] } })).toEqual([6]);
});

test.each([
  ['Role', '', 'medium'],
  ['ClusterRole', '', 'high'],
  ['ClusterRole', 'RoleBinding', 'medium'],
  ['ClusterRole', 'ClusterRoleBinding', 'high'],
  ['ClusterRole', 'RoleBinding other', 'high'],
])('a %s with the binding %j is of severity %s', (kind, binding, severity) => {
  const [bindingKind = '', name = 'web'] = binding.split(' ');
  const text = `{${rbac}, kind: ${kind}, metadata: {name: web}}\n---\n{${rbac}, kind: ${bindingKind || 'Role'}, metadata: {name: b}, roleRef: {kind: ClusterRole, name: ${name}}}`;
  const [role] = objects(text);
  if (!role) throw new Error('a role was written');
  expect(severityOf(control, role)).toBe(severity);
});
