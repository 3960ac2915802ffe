import { expect, test } from 'vitest';
import { failingLines, objects } from '../../../test/written.ts';
import { kubernetesRbacDuplicate as control } from './kubernetes-rbac-duplicate.ts';

const rbac = 'apiVersion: rbac.authorization.k8s.io/v1';
const pods = '{apiGroups: [""], resources: [pods, nodes], verbs: [get]}';
const role = (name: string, rules = pods, namespace = 'shop') =>
  `{${rbac}, kind: Role, metadata: {name: ${name}, namespace: ${namespace}}, rules: [${rules}]}`;
const binding = (name: string, subject: string, kind = 'ClusterRoleBinding', namespace = 'shop') =>
  `{${rbac}, kind: ${kind}, metadata: {name: ${name}, namespace: ${namespace}}, roleRef: {kind: ClusterRole, name: view}, subjects: [${subject}]}`;
const team = '{kind: Group, name: team}';

test.each<[string, string[], number[]]>([
  ['the same rules', [role('a'), role('b')], [3]],
  ['in another order', [role('a'), role('b', '{resources: [nodes, pods], apiGroups: [""], verbs: [get]}')], [3]],
  ['other rules', [role('a'), role('b', '{apiGroups: [""], resources: [pods], verbs: [get]}')], []],
  ['in other namespaces', [role('a'), role('b', pods, 'ops')], []],
  ['two versions of one role', [role('a'), role('a')], []],
  ['roles without rules', [role('a', ''), role('b', '')], []],
  ['two bindings', [binding('a', team), binding('b', team)], [3]],
  ['two versions of one binding', [binding('a', team), binding('a', team)], []],
  ['other subjects', [binding('a', team), binding('b', '{kind: User, name: team}')], []],
  ['a subject twice', [binding('a', `${team}, ${team}`)], [1]],
  ['everywhere, and here too', [binding('a', team, 'RoleBinding'), binding('b', team)], [1]],
  ['in two namespaces', [binding('a', team, 'RoleBinding'), binding('b', team, 'RoleBinding', 'ops')], []],
  ['twice in one', [binding('a', team, 'RoleBinding'), binding('b', team, 'RoleBinding')], [3]],
])('%s', (_what, texts, lines) => {
  expect(objects(texts.join('\n---\n')).flatMap((each) => failingLines(control, each))).toEqual(lines);
});
