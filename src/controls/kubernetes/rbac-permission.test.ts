import { expect, test } from 'vitest';
import { object } from '../../../test/written.ts';
import { grantOf, isFullWildcard, type Permission } from './rbac-permission.ts';
import { rulesOf } from './rbac-role.ts';

function ruleOf(text: string) {
  const [rule] = rulesOf(
    object(`{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [${text}]}`),
  );
  if (!rule) throw new Error('no rule');
  return rule;
}

const exec: Permission = { groups: [''], resource: 'pods/exec', verbs: ['create'], verbsWhereNamed: ['get'] };
const deployments: Permission = { groups: ['apps'], resource: 'deployments', verbs: ['create'] };
const secrets: Permission = { groups: [''], resource: 'secrets', verbs: ['*'] };

test.each<[string, Permission, string[], string[]]>([
  ['{apiGroups: [""], resources: [pods/exec], verbs: [create]}', exec, ['pods/exec'], ['create']],
  ['{apiGroups: [""], resources: [pods/exec], verbs: [get]}', exec, ['pods/exec'], ['get']],
  ['{apiGroups: ["*"], resources: [pods, "*/exec"], verbs: [create]}', exec, ['*/exec'], ['create']],
  ['{apiGroups: [""], resources: ["*"], verbs: [list, create]}', exec, ['*'], ['create']],
  ['{apiGroups: [""], resources: ["*", pods/exec], verbs: ["*"]}', exec, ['pods/exec'], ['*']],
  ['{apiGroups: [batch, apps], resources: [deployments], verbs: [create]}', deployments, ['deployments'], ['create']],
  ['{apiGroups: [""], resources: [secrets], verbs: [delete, use]}', secrets, ['secrets'], ['delete', 'use']],
])('%s grants it', (text, permission, resources, verbs) => {
  expect(grantOf(ruleOf(text), [permission])).toMatchObject({ resources, verbs });
});

test.each<[string, Permission]>([
  ['{apiGroups: [""], resources: ["pods/*"], verbs: [create]}', exec],
  ['{apiGroups: [""], resources: [pods], verbs: [create]}', exec],
  ['{apiGroups: [""], resources: ["*/log"], verbs: [create]}', exec],
  ['{apiGroups: [""], resources: ["*"], verbs: [get]}', exec],
  ['{apiGroups: [apps], resources: [pods/exec], verbs: [create]}', exec],
  ['{resources: [pods/exec], verbs: [create]}', exec],
  ['{apiGroups: [""], resources: [pods/exec]}', exec],
  ['{apiGroups: [""], resources: [pods/exec], verbs: [create], resourceNames: [web]}', exec],
  ['{apiGroups: [""], resources: [deployments], verbs: [create]}', deployments],
  ['{apiGroups: [apps], resources: [deployments/scale], verbs: [create]}', deployments],
  ['{nonResourceURLs: ["*"], verbs: ["*"]}', secrets],
  ['{apiGroups: [""], resources: [secrets], verbs: []}', secrets],
  ['{apiGroups: [""], resources: [5, null], verbs: ["*"]}', secrets],
])('%s does not', (text, permission) => {
  expect(grantOf(ruleOf(text), [permission])).toBeUndefined();
});

test('names help, where the permission is not as bad with them', () => {
  const rule = ruleOf('{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [web, aws-auth]}');
  expect(grantOf(rule, [secrets])).toBeUndefined();
  expect(grantOf(rule, [{ ...secrets, evenNamed: true }])).toBeDefined();
  expect(grantOf(rule, [{ ...secrets, evenNamed: ['aws-auth'] }])).toBeDefined();
  expect(grantOf(rule, [{ ...secrets, evenNamed: ['coredns'] }])).toBeUndefined();
  expect(grantOf(rule, [{ ...secrets, evenNamed: ['aws-auth'], onlyNamed: true }])).toBeDefined();
  const whole = ruleOf('{apiGroups: [""], resources: [secrets], verbs: [get]}');
  expect(grantOf(whole, [{ ...secrets, evenNamed: ['aws-auth'], onlyNamed: true }])).toBeUndefined();
});

test('what several permissions find in one rule is one grant', () => {
  const rule = ruleOf('{apiGroups: ["", apps], resources: [nodes, deployments, pods/exec], verbs: [get, create]}');
  expect(grantOf(rule, [exec, deployments])).toEqual({
    rule,
    resources: ['deployments', 'pods/exec'],
    resourceIndex: 1,
    verbs: ['get', 'create'],
    verbIndex: 0,
  });
});

test.each([
  ['{apiGroups: [apps], resources: ["*"], verbs: ["*"]}', true],
  ['{apiGroups: [""], resources: ["*"], verbs: [get]}', false],
  ['{apiGroups: [""], resources: [pods], verbs: ["*"]}', false],
  ['{apiGroups: [""], resources: ["*"], verbs: ["*"], resourceNames: [web]}', false],
])('%s is a full wildcard: %s', (text, full) => {
  expect(isFullWildcard(ruleOf(text))).toBe(full);
});
