import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { bindingTo, roleLine } from './binding.fixture.ts';
import { kubernetesRbacClusterAdmin as control } from './kubernetes-rbac-cluster-admin.ts';
import { severityOf } from './rbac.fixture.ts';

const admin = 'kind: ClusterRole, name: cluster-admin';
const account = 'kind: ServiceAccount, name: web, namespace: shop';

test.each([
  [admin, account, []],
  [admin, 'kind: Group, name: ops', []],
  [admin, account, ['ServiceAccount shop/other', 'User *']],
])('{%s} for {%s} fails, with %j allowed', (role, subject, allowed) => {
  expect(failingLines(control, bindingTo(role, subject), { parameters: { allowed } })).toEqual([roleLine]);
});

test.each([
  ['kind: ClusterRole, name: view', account, []],
  ['kind: Role, name: cluster-admin', account, []],
  [admin, account, ['ServiceAccount shop/web']],
  [admin, 'kind: Group, name: ops', ['Group *']],
])('{%s} for {%s} passes, with %j allowed', (role, subject, allowed) => {
  expect(failingLines(control, bindingTo(role, subject), { parameters: { allowed } })).toEqual([]);
});

test('within one namespace it is milder', () => {
  expect(severityOf(control, bindingTo(admin, account))).toBe('critical');
  expect(severityOf(control, bindingTo(admin, account, 'RoleBinding'))).toBe('high');
});

test.each([
  ['cluster-admin', 'Group, name: "system:masters"', false],
  ['cluster-admin', 'User, name: me', true],
  ['system:web', 'User, name: me', false],
  ['web', 'Group, name: "system:masters"', true],
])('the binding %s of a %s is asked: %s', (name, subject, asked) => {
  const binding = object(
    `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: "${name}"}, roleRef: {${admin}}, subjects: [{kind: ${subject}}]}`,
  );
  expect(control.appliesTo?.(binding)).toBe(asked);
});
