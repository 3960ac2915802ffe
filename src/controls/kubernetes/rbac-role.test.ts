import { expect, test } from 'vitest';
import { object, objects } from '../../../test/written.ts';
import { effectiveRulesOf, isBuiltIn, isCollected, isOwnRole, isRole, rulesOf } from './rbac-role.ts';

const rbac = 'apiVersion: rbac.authorization.k8s.io/v1';

test.each([
  [`{${rbac}, kind: Role, metadata: {name: web}}`, true, true],
  [`{${rbac}, kind: ClusterRole, metadata: {name: web}}`, true, true],
  [`{${rbac}, kind: ClusterRole, metadata: {name: "system:coredns"}}`, true, false],
  [`{${rbac}, kind: ClusterRole, metadata: {name: cluster-admin}}`, true, false],
  [
    `{${rbac}, kind: ClusterRole, metadata: {name: a, labels: {kubernetes.io/bootstrapping: rbac-defaults}}}`,
    true,
    false,
  ],
  [`{${rbac}, kind: RoleBinding, metadata: {name: web}}`, false, false],
  ['{apiVersion: authorization.openshift.io/v1, kind: ClusterRole, metadata: {name: web}}', true, true],
  ['{apiVersion: iam.example/v1, kind: Role, metadata: {name: web}}', false, false],
])('%s', (text, role, own) => {
  const read = object(text);
  expect(isRole(read)).toBe(role);
  expect(isOwnRole(read)).toBe(own);
});

test('an aggregated role has the rules of those that it collects, and none of its own', () => {
  const [whole, part, other] = objects(`
{${rbac}, kind: ClusterRole, metadata: {name: whole}, aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: whole}}]}, rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]}
---
{${rbac}, kind: ClusterRole, metadata: {name: part, labels: {to: whole}}, rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}
---
{${rbac}, kind: ClusterRole, metadata: {name: other}, rules: [{apiGroups: [""], resources: [nodes], verbs: [get]}]}
`);
  if (!whole || !part || !other) throw new Error('three roles were written');
  expect(rulesOf(whole)).toEqual([]);
  expect(effectiveRulesOf(whole).map(({ resources }) => resources)).toEqual([['pods']]);
  expect([isCollected(whole), isCollected(part), isCollected(other)]).toEqual([false, true, false]);
});

test('the label of a built-in role collects too', () => {
  const label = 'rbac.authorization.k8s.io/aggregate-to-view: "true"';
  expect(isCollected(object(`{${rbac}, kind: ClusterRole, metadata: {name: a, labels: {${label}}}}`))).toBe(true);
});

test('an entry of another type keeps the places of the others', () => {
  const role = object(`{${rbac}, kind: Role, rules: [null, {apiGroups: [""], resources: [7, pods], verbs: [get]}]}`);
  expect(rulesOf(role)).toMatchObject([{ path: ['rules', 1], resources: ['', 'pods'] }]);
  expect(isBuiltIn(role)).toBe(false);
});
